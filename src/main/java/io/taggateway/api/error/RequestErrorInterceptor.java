package io.taggateway.api.error;

import graphql.ExecutionResult;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.introspection.Introspection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.OperationContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Adds codes to errors of the request itself, which do not pass an exception resolver. Counts errors, and operations
 * whose caller disconnects.
 */
@Component
public class RequestErrorInterceptor implements WebGraphQlInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(RequestErrorInterceptor.class);

    private final MeterRegistry meters;
    private final Counter cancelled;
    private final RequestErrorRenderer renderer;

    RequestErrorInterceptor(MeterRegistry meters, GraphQlSource source) {
        this.meters = meters;
        this.cancelled = Counter.builder("taggateway.cancelled")
                .description("Operations whose caller disconnected before the response")
                .register(meters);
        this.renderer = new RequestErrorRenderer(source.schema());
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return chain.next(request).doOnCancel(() -> cancelled(request)).map(response -> {
            GraphQLContext context = response.getExecutionInput().getGraphQLContext();
            Logged logged = new Logged(tenant(context), request.getId());
            if (response.getData() instanceof Publisher<?> events) {
                return response.transform(builder -> builder.data(coded(events, logged)));
            }
            List<GraphQLError> errors = response.getExecutionResult().getErrors();
            boolean masked = isMasked(context);
            return errors.isEmpty()
                    ? response
                    : response.transform(builder -> builder.errors(coded(errors, masked, logged)));
        });
    }

    /** The disconnect of a caller is not an error */
    private void cancelled(WebGraphQlRequest request) {
        cancelled.increment();
        LOG.debug("Cancelled: requestId={}", request.getId());
    }

    private static String tenant(GraphQLContext context) {
        OperationContext operation = context.get(OperationContext.KEY);
        return operation == null
                ? "-"
                : Tenant.of(operation.origin().caller().tenant()).name();
    }

    /** The tenant of an operation, for the log. */
    private record Logged(String tenant, String requestId) {}

    /** Whether messages must not quote the schema. */
    private static boolean isMasked(GraphQLContext context) {
        OperationContext operation = context.get(OperationContext.KEY);
        return context.getBoolean(Introspection.INTROSPECTION_DISABLED, false)
                || (operation != null && !operation.origin().caller().scopes().contains("schema.read"));
    }

    private Flux<ExecutionResult> coded(Publisher<?> events, Logged logged) {
        return Flux.from(events)
                .cast(ExecutionResult.class)
                .map(event -> event.getErrors().isEmpty()
                        ? event
                        : event.transform(builder -> builder.errors(coded(event.getErrors(), false, logged))))
                .doOnError(
                        SubscriptionPublisherException.class,
                        end -> record(end.getErrors(), logged.tenant(), logged.requestId()));
    }

    private List<GraphQLError> coded(List<GraphQLError> errors, boolean masked, Logged logged) {
        List<GraphQLError> coded =
                errors.stream().map(error -> renderer.render(error, masked)).toList();
        record(coded, logged.tenant(), logged.requestId());
        return coded;
    }

    /**
     * Counts errors, and logs the caller's errors in one line with the id of the first. Failures of vendors and defects
     * are logged where they occur.
     */
    public void record(List<GraphQLError> errors, String tenant, String requestId) {
        Map<String, Integer> counts = new TreeMap<>();
        Object firstId = null;
        for (GraphQLError error : errors) {
            String code = String.valueOf(error.getExtensions().get("code"));
            String service = String.valueOf(error.getExtensions().getOrDefault("service", ""));
            meters.counter("taggateway.errors", "code", code, "service", service)
                    .increment();
            if (service.isEmpty() && !code.equals(ErrorCode.INTERNAL_SERVER_ERROR.name())) {
                counts.merge(code, 1, Integer::sum);
                firstId = firstId == null ? error.getExtensions().get("errorId") : firstId;
            }
        }
        if (!counts.isEmpty()) {
            LOG.info("Refused: codes={} tenant={} errorId={} requestId={}", counts, tenant, firstId, requestId);
        }
    }
}
