package io.taggateway.access.http;

import graphql.GraphQLError;
import io.taggateway.access.quota.AddressQuota;
import io.taggateway.access.quota.RateLimitExceededException;
import io.taggateway.access.security.CallerRejectedException;
import io.taggateway.access.server.MalformedBodyException;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.tagging.operation.FatalErrorRelay;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the error responses of the GraphQL endpoint for requests without a valid operation and for exceeded time
 * limits, and the responses to rejected callers on all paths.
 */
@Component
@Order(-2)
public class RequestErrorHandler implements WebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RequestErrorHandler.class);

    private final JsonMapper json;
    private final AddressQuota addresses;

    public RequestErrorHandler(JsonMapper json, AddressQuota addresses) {
        this.json = json;
        this.addresses = addresses;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getPath().pathWithinApplication().value();
        boolean ours = path.equals(GraphQlEndpoint.PATH) || error instanceof CallerRejectedException;
        return ours ? respond(request, exchange.getResponse(), error) : Mono.error(error);
    }

    /** Writes the response to a request that is refused or has failed, unless its response is being sent. */
    Mono<Void> respond(ServerHttpRequest request, ServerHttpResponse response, Throwable error) {
        return response.isCommitted()
                ? Mono.error(error)
                : write(
                        request,
                        response,
                        isUnauthenticated(error) ? counted(request.getRemoteAddress(), error) : error);
    }

    private static boolean isUnauthenticated(Throwable error) {
        return error instanceof CallerRejectedException rejected
                && rejected.getStatusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED);
    }

    /** Counts a failed authentication of an address. Returns a different error if the address has had too many. */
    private Throwable counted(@Nullable InetSocketAddress address, Throwable error) {
        return Objects.requireNonNullElse(addresses.countFailure(address), error);
    }

    private Mono<Void> write(ServerHttpRequest request, ServerHttpResponse response, Throwable error) {
        HttpStatusCode status = status(error);
        GraphQLError entry = entry(status, error);
        log(ResponseHeaderFilter.requestId(request, response), status, entry, error);
        HttpHeaders headers = headers(status, error);
        headers.setContentType(ResponseMediaType.ofErrors(request.getHeaders()));
        byte[] body = json.writeValueAsBytes(Map.of("errors", List.of(entry.toSpecification())));
        return new WrittenResponse(status, headers, List.of(body)).writeTo(response);
    }

    private static HttpHeaders headers(HttpStatusCode status, Throwable error) {
        HttpHeaders headers = new HttpHeaders();
        if (error instanceof ErrorResponse known) {
            headers.putAll(known.getHeaders());
        }
        if (status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        if (FatalErrorRelay.isCauseOf(error)) {
            headers.setConnection("close");
        }
        headers.setCacheControl(CacheControl.noStore());
        return headers;
    }

    private static void log(String requestId, HttpStatusCode status, GraphQLError entry, Throwable error) {
        if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
            LOG.debug("Client disconnected before the response: requestId={}", requestId, error);
        }
        if (!status.is5xxServerError() || status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            return;
        }
        if (status.isSameCodeAs(HttpStatus.GATEWAY_TIMEOUT)) {
            // An exceeded time limit needs no stack trace
            error.setStackTrace(new StackTraceElement[0]);
        }
        LOG.error(
                "Request failed: status={} errorId={} requestId={}",
                status.value(),
                entry.getExtensions().get("errorId"),
                requestId,
                error);
    }

    private static HttpStatusCode status(Throwable error) {
        return switch (error) {
            case DataBufferLimitException large -> HttpStatus.CONTENT_TOO_LARGE;
            case ErrorResponse known -> known.getStatusCode();
            case Throwable left
            when DisconnectedClientHelper.isClientDisconnectedException(left) -> HttpStatus.BAD_REQUEST;
            case Throwable late when isLateBody(late) -> HttpStatus.REQUEST_TIMEOUT;
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    /** The name of the server's exception for {@code gateway.connections.body-timeout}, whose class is not public. */
    private static boolean isLateBody(Throwable error) {
        return error.getClass().getSimpleName().equals("RequestTimeoutException");
    }

    private static String unavailable(Throwable error) {
        return error instanceof ResponseStatusException refused && refused.getReason() != null
                ? refused.getReason()
                : "The gateway is overloaded or stops.";
    }

    private static GraphQLError entry(HttpStatusCode status, Throwable error) {
        if (status.isSameCodeAs(HttpStatus.GATEWAY_TIMEOUT)) {
            return ErrorRenderer.of(ErrorCode.GATEWAY_TIMEOUT, "The request exceeded its time limit.", true);
        }
        if (status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            return ErrorRenderer.of(ErrorCode.SERVICE_UNAVAILABLE, unavailable(error), true);
        }
        if (status.is5xxServerError()) {
            return ErrorRenderer.defect();
        }
        return switch (error) {
            case RateLimitExceededException refused ->
                ErrorRenderer.retryAfter(
                        ErrorCode.RATE_LIMIT_EXCEEDED, refused.sentence(), refused.retryAfterSeconds());
            case CallerRejectedException rejected ->
                ErrorRenderer.of(
                        status.isSameCodeAs(HttpStatus.FORBIDDEN) ? ErrorCode.FORBIDDEN : ErrorCode.UNAUTHENTICATED,
                        rejected.sentence(),
                        false);
            case ResponseStatusException refused
            when refused instanceof RefusedRequestException || refused instanceof MalformedBodyException ->
                ErrorRenderer.of(ErrorCode.BAD_REQUEST, Objects.requireNonNull(refused.getReason()), false);
            default -> ErrorRenderer.of(ErrorCode.BAD_REQUEST, message(status), false);
        };
    }

    /** The message for a request that is refused with a status. */
    static String message(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> "The body must be a JSON object with a `query`.";
            case 403 -> "A page of another site sent this request, or the host is not one of the gateway's.";
            case 405 -> "Send queries by GET or POST, and everything else by POST.";
            case 406 ->
                "Accept `application/graphql-response+json` or `application/json`, or for a subscription"
                        + " `text/event-stream`.";
            case 408 -> "The body was not received in time.";
            case 413 -> "The body is too large.";
            case 415 -> "Send the body as `application/json`, in UTF-8, uncompressed or compressed by gzip or deflate.";
            default -> "The request is malformed.";
        };
    }
}
