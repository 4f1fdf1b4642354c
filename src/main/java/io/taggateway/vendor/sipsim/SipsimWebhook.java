package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.MonotonicClock;
import io.taggateway.tagging.source.WebhookReceiver;
import io.taggateway.upstream.http.Secret;
import io.taggateway.upstream.http.VendorJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Accepts SIPSIM's events, which are signed with a shared secret. */
final class SipsimWebhook implements WebhookReceiver {

    private static final String ALGORITHM = "HmacSHA256";

    /** The maximum difference between a delivery's time and the gateway's. The vendor documents none. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final SecretKeySpec key;
    private final SipsimWebhookEvents events;
    private final Clock clock;

    SipsimWebhook(Secret secret, SipsimWebhookEvents events, Clock clock) {
        this.key = new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.events = events;
        this.clock = MonotonicClock.wall(clock);
    }

    @Override
    public Vendor vendor() {
        return Vendor.SIPSIM;
    }

    @Override
    public boolean expects(Function<String, @Nullable String> headers) {
        String timestamp = headers.apply("X-Webhook-Timestamp");
        return timestamp != null && headers.apply("X-Webhook-Signature") != null && isTimely(timestamp);
    }

    @Override
    public Mono<Receipt> receive(Function<String, @Nullable String> headers, byte[] body) {
        String timestamp = headers.apply("X-Webhook-Timestamp");
        String signature = headers.apply("X-Webhook-Signature");
        if (timestamp == null || signature == null || !isSigned(timestamp, signature, body) || !isTimely(timestamp)) {
            return Mono.just(new Receipt(Verdict.UNSIGNED, "The signature is missing or not valid."));
        }
        VendorJson fields = VendorJson.parse(body);
        String event = fields == null ? null : fields.text("event");
        if (fields == null || event == null) {
            return Mono.just(new Receipt(Verdict.MALFORMED, "The body must be a JSON object with an `event`."));
        }
        return event.equals("tags") ? receiveTags(fields) : Mono.just(Receipt.ACCEPTED);
    }

    private Mono<Receipt> receiveTags(VendorJson event) {
        String call = event.text("pbx_id");
        Object tags = event.values().get("tags");
        boolean tagged =
                tags == null ? event.values().containsKey("tags") : tags instanceof Collection || tags instanceof Map;
        if (call == null || call.isEmpty() || !tagged) {
            return Mono.just(new Receipt(Verdict.MALFORMED, "The event `tags` must have a `pbx_id` and `tags`."));
        }
        if (!GlobalId.isRemoteId(call)) {
            return Mono.just(new Receipt(Verdict.MALFORMED, "The `pbx_id` cannot be the id of a call."));
        }
        List<String> parts = List.of(call, String.valueOf(event.text("time")), String.valueOf(tags));
        return events.accept(call, event.instant("time"), names(event), parts).thenReturn(Receipt.ACCEPTED);
    }

    /** The names of all tags; null if one has no name. */
    private static @Nullable List<String> names(VendorJson event) {
        List<String> names = event.texts("tags", "name");
        return names != null && event.values().get("tags") instanceof List<?> all && all.size() == names.size()
                ? names
                : null;
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
}
