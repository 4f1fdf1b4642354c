package io.taggateway.access.http;

import io.taggateway.access.server.Utf8;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.UnknownTenantException;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.source.WebhookReceiver;
import io.taggateway.tagging.source.WebhookReceiver.Receipt;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The paths to which vendors deliver events: {@code /webhooks/{vendor}} of the default tenant, and
 * {@code /webhooks/{tenant}/{vendor}} of the other tenants. A vendor whose account has no webhook has no path.
 */
@Component
class WebhookEndpoint implements RouterFunction<ServerResponse> {

    private static final String PATH = "/webhooks/";
    private static final int MAX_BODY = 64 * 1024;

    private final TenantRegistry tenants;

    WebhookEndpoint(TenantRegistry tenants) {
        this.tenants = tenants;
    }

    @Override
    public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
        if (!request.method().equals(HttpMethod.POST) || !request.path().startsWith(PATH)) {
            return Mono.empty();
        }
        String[] segments = request.path().substring(PATH.length()).split("/", -1);
        if (segments.length > 2 || (segments.length == 2 && segments[0].equals(Tenant.DEFAULT.name()))) {
            return Mono.empty();
        }
        Tenant tenant = segments.length == 2 ? new Tenant(segments[0]) : Tenant.DEFAULT;
        String vendor = segments[segments.length - 1];
        return receiver(tenant, vendor, Mono::just)
                .map(known -> delivery -> receiver(tenant, vendor, receiver -> receive(receiver, delivery))
                        .switchIfEmpty(ServerResponse.notFound().build()));
    }

    /**
     * Applies a function to a vendor's receiver, and leases the directory until it completes; empty if there is no
     * receiver.
     */
    private <T> Mono<T> receiver(Tenant tenant, String vendor, Function<WebhookReceiver, Mono<T>> use) {
        return Mono.using(
                        () -> tenants.lease(tenant),
                        lease -> Mono.justOrEmpty(webhook(lease.directory(), vendor))
                                .flatMap(use))
                .onErrorComplete(UnknownTenantException.class);
    }

    private static Optional<WebhookReceiver> webhook(VendorDirectory directory, String vendor) {
        return directory.accounts().stream()
                .filter(account -> account.vendor().prefix().equals(vendor))
                .map(account -> account.ports().webhook())
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Mono<ServerResponse> receive(WebhookReceiver receiver, ServerRequest request) {
        if (!receiver.expects(request.headers()::firstHeader)) {
            return refuse(HttpStatus.UNAUTHORIZED, "The signature is missing or not valid.");
        }
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), MAX_BODY)
                .map(WebhookEndpoint::bytes)
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> Utf8.isValidJson(body)
                        ? receiver.receive(request.headers()::firstHeader, body).flatMap(WebhookEndpoint::response)
                        : refuse(HttpStatus.BAD_REQUEST, "The body is not valid UTF-8."))
                .onErrorResume(
                        DataBufferLimitException.class,
                        tooLarge -> refuse(HttpStatus.CONTENT_TOO_LARGE, "The body is too large."));
    }

    private static Mono<ServerResponse> response(Receipt receipt) {
        return switch (receipt.verdict()) {
            case ACCEPTED -> ServerResponse.noContent().build();
            case UNSIGNED -> refuse(HttpStatus.UNAUTHORIZED, receipt.message());
            case MALFORMED -> refuse(HttpStatus.BAD_REQUEST, receipt.message());
        };
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
