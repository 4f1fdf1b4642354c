package io.taggateway.vendor.sipsim;

import io.taggateway.upstream.http.Fields;
import io.taggateway.upstream.http.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Where SIPSIM tells what happens, signed with a secret that only it and the gateway know. It is answered at once, as
 * SIPSIM waits two seconds at the most.
 */
final class SipsimWebhook {

    private static final String PATH = "/webhooks/sipsim";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_BODY = 64 * 1024;

    /** How much a delivery's time may differ from ours; the vendor names no window. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final SecretKeySpec key;
    private final SipsimNews news;
    private final Clock clock;

    SipsimWebhook(Secret secret, SipsimNews news, Clock clock) {
        this.key = new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.news = news;
        this.clock = clock;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route().POST(PATH, this::receive).build();
    }

    private Mono<ServerResponse> receive(ServerRequest request) {
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), MAX_BODY)
                .map(SipsimWebhook::bytes)
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> answer(request.headers(), body))
                .onErrorResume(
                        DataBufferLimitException.class,
                        tooLarge -> refuse(HttpStatus.CONTENT_TOO_LARGE, "The body is too large."));
    }

    private Mono<ServerResponse> answer(ServerRequest.Headers headers, byte[] body) {
        String timestamp = headers.firstHeader("X-Webhook-Timestamp");
        String signature = headers.firstHeader("X-Webhook-Signature");
        if (timestamp == null || signature == null || !isSigned(timestamp, signature, body) || !isTimely(timestamp)) {
            return refuse(HttpStatus.UNAUTHORIZED, "This is not signed as it has to be.");
        }
        Fields fields = Fields.parse(body);
        String event = fields == null ? null : fields.text("event");
        if (fields == null || event == null) {
            return refuse(HttpStatus.BAD_REQUEST, "The body must be a JSON object with an `event`.");
        }
        if (event.equals("tags")) {
            String call = fields.text("pbx_id");
            List<String> tags = fields.texts("tags");
            if (call == null || call.isEmpty() || tags == null) {
                return refuse(HttpStatus.BAD_REQUEST, "The event `tags` must have a `pbx_id` and `tags`.");
            }
            news.take(call, String.valueOf(fields.text("time")), tags);
        }
        return ServerResponse.noContent().build();
    }

    private boolean isSigned(String timestamp, String signature, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((timestamp + '.').getBytes(StandardCharsets.UTF_8));
            String expected = HexFormat.of().formatHex(mac.doFinal(body));
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isTimely(String timestamp) {
        if (!timestamp.matches("[0-9]{1,15}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant());
        return age.abs().compareTo(WINDOW) <= 0;
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Mono<ServerResponse> refuse(HttpStatus status, String error) {
        return ServerResponse.status(status).bodyValue(Map.of("error", error));
    }
}
