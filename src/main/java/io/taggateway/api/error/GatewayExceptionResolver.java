package io.taggateway.api.error;

import graphql.GraphQLError;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GatewayException;
import io.taggateway.tagging.operation.OperationContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.graphql.execution.DataFetcherExceptionResolverAdapter;
import org.springframework.graphql.execution.SubscriptionExceptionResolver;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindException;
import reactor.core.publisher.Mono;

/**
 * Renders exceptions of data fetchers and of subscriptions. Callers receive only messages that the gateway has written.
 */
@Component
class GatewayExceptionResolver extends DataFetcherExceptionResolverAdapter implements SubscriptionExceptionResolver {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayExceptionResolver.class);

    @Override
    protected GraphQLError resolveToSingleError(Throwable thrown, DataFetchingEnvironment environment) {
        return render(thrown, environment);
    }

    @Override
    public Mono<List<GraphQLError>> resolveException(Throwable thrown) {
        return Mono.fromSupplier(() -> List.of(render(thrown, null)));
    }

    private static GraphQLError render(Throwable thrown, @Nullable DataFetchingEnvironment environment) {
        GatewayException known = find(thrown);
        if (known != null) {
            return ErrorRenderer.of(known, environment);
        }
        GraphQLError defect = ErrorRenderer.defect(environment);
        Object errorId = defect.getExtensions().get("errorId");
        OperationContext operation =
                environment == null ? null : environment.getGraphQlContext().get(OperationContext.KEY);
        // The reads of a cancelled operation end without a result
        boolean left = operation != null && operation.cancellation().isCancelled();
        LOG.atLevel(left ? Level.DEBUG : Level.ERROR)
                .setCause(thrown)
                .log(
                        "Unexpected error: errorId={} requestId={}",
                        errorId,
                        operation == null ? "-" : operation.requestId());
        return defect;
    }

    /** Spring wraps the exceptions that arguments throw when they are bound, so causes are searched. */
    private static @Nullable GatewayException find(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof GatewayException known) {
                return known;
            }
            if (cause instanceof BindException) {
                return new BadInputException("An argument has a malformed value.");
            }
        }
        return null;
    }
}
