package io.taggateway.access;

import graphql.introspection.Introspection;
import io.taggateway.access.http.RequestProperties;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.access.security.CallerRejectedException;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.directory.UnknownTenantException;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.Caller;
import io.taggateway.tagging.operation.FatalErrorRelay;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.OperationContext.Origin;
import io.taggateway.tagging.operation.OperationDeadline;
import io.taggateway.tagging.operation.RunningOperationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.reactivestreams.Publisher;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Creates the context of each operation, with the vendors of its tenant, and cancels its remaining work when the
 * response is complete or the caller disconnects. Spring for GraphQL copies the context from Reactor to the GraphQL
 * context.
 */
@Component
class OperationInterceptor implements WebGraphQlInterceptor {

    /**
     * The part of the time limit in which vendors have to respond, so that there is time to send a partial response.
     */
    private static final int SHARE = 20;

    private final TenantRegistry tenants;
    private final RunningOperationRegistry running;
    private final Clock clock;
    private final Duration time;
    private final boolean introspectionDisabled;

    OperationInterceptor(
            TenantRegistry tenants,
            RunningOperationRegistry running,
            Clock clock,
            RequestProperties request,
            IntrospectionProperties introspection) {
        this.tenants = tenants;
        this.running = running;
        this.clock = clock;
        this.time = request.timeout().minus(request.timeout().dividedBy(SHARE));
        this.introspectionDisabled = !introspection.enabled();
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        if (introspectionDisabled) {
            // Spring Boot's own setting applies to the whole process
            request.configureExecutionInput(
                    (input, builder) -> builder.graphQLContext(Map.of(Introspection.INTROSPECTION_DISABLED, true))
                            .build());
        }
        return CallerAuthentication.current()
                .flatMap(caller -> execute(request, caller, chain))
                .onErrorMap(UnknownTenantException.class, unknown -> CallerRejectedException.unknownTenant());
    }

    private Mono<WebGraphQlResponse> execute(WebGraphQlRequest request, Caller caller, Chain chain) {
        Lease lease = tenants.lease(Tenant.of(caller.tenant()));
        OperationContext operation = OperationContext.begin(
                new Origin(caller, request.getId(), lease.directory()), OperationDeadline.in(clock, time));
        running.begin(operation, lease::close);
        Runnable end = operation.cancellation()::cancel;
        return FatalErrorRelay.catching(chain.next(request))
                .contextWrite(operation::in)
                .map(response -> isStream(response) ? cancellable(response, end) : response)
                .doOnSuccess(response -> {
                    if (response == null || !isStream(response)) {
                        end.run();
                    }
                })
                .doOnError(error -> end.run())
                .doOnCancel(end);
    }

    private static boolean isStream(WebGraphQlResponse response) {
        return response.getData() instanceof Publisher;
    }

    /** The events of a subscription are resolved one after another, until its caller disconnects. */
    private static WebGraphQlResponse cancellable(WebGraphQlResponse response, Runnable end) {
        Publisher<?> data = Objects.requireNonNull(response.getData());
        Flux<?> events = Flux.from(data).limitRate(1).doFinally(signal -> end.run());
        return response.transform(builder -> builder.data(events));
    }

    /**
     * Whether introspection is permitted.
     *
     * @param enabled whether {@code __schema} and {@code __type} are permitted
     */
    @ConfigurationProperties(prefix = "gateway.introspection", ignoreUnknownFields = false)
    record IntrospectionProperties(@DefaultValue("true") boolean enabled) {}
}
