package io.taggateway.access;

import io.taggateway.access.http.RequestProperties;
import io.taggateway.tagging.operation.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/**
 * Bounds the time of a request. What is asked of vendors has to be done a little earlier, so that an answer with the
 * parts that are there goes out in time.
 */
@Component
class DeadlineInterceptor implements WebGraphQlInterceptor {

    /** The part of the time that is kept for answering. */
    private static final int SHARE = 20;

    private final Duration timeout;
    private final Clock clock;

    DeadlineInterceptor(RequestProperties properties, Clock clock) {
        this.timeout = properties.timeout();
        this.clock = clock;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return Mono.defer(() -> chain.next(request)
                .contextWrite(context -> Deadline.startIn(context, clock, timeout.minus(timeout.dividedBy(SHARE))))
                .timeout(timeout)
                .onErrorMap(TimeoutException.class, late -> new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT)));
    }
}
