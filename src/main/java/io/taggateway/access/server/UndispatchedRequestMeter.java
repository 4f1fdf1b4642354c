package io.taggateway.access.server;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerHttpObservationDocumentation;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import reactor.util.context.Context;

/**
 * Measures requests that are handled before Spring dispatches and observes them, with the same timers as other
 * requests. Only a request that is part of a trace has an observation, which costs more than the handling of a small
 * request.
 */
@Component
public final class UndispatchedRequestMeter {

    private static final String NAME = "http.server.requests";
    private static final String PATH = "/graphql";
    private static final String TRACE = "traceparent";

    private final MeterRegistry meters;
    private final ObservationRegistry observations;
    private final boolean exported;
    private final Map<HttpMethod, LongTaskTimer> active = new ConcurrentHashMap<>();

    /** Finding a timer by its tags each time would take longer than the recording. */
    private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();

    UndispatchedRequestMeter(
            MeterRegistry meters, ObservationRegistry observations, ObjectProvider<SpanExporter> exporters) {
        this.meters = meters;
        this.observations = observations;
        this.exported = exporters.stream().findAny().isPresent();
    }

    /** Begins to measure a request to the GraphQL endpoint. */
    public Measurement begin(ServerHttpRequest request, ServerHttpResponse response) {
        return exported || request.getHeaders().containsHeader(TRACE)
                ? new Observed(request, response, observations)
                : new Timed(request.getMethod());
    }

    /** The measurement of one request. */
    public interface Measurement {

        /** The context in which the request is handled. */
        Context in(Context context);

        /**
         * Ends the measurement.
         *
         * @param status the status that was sent; null if the caller disconnected before
         * @param error the error with which the request was refused or failed; null if there is none
         */
        void end(@Nullable HttpStatusCode status, @Nullable Throwable error);
    }

    private Timer timer(Outcome outcome) {
        return meters.timer(
                NAME,
                Tags.of(
                        "error",
                        outcome.error,
                        "exception",
                        outcome.error,
                        "method",
                        outcome.method.name(),
                        "outcome",
                        outcome.name(),
                        "status",
                        outcome.status == null ? "UNKNOWN" : Integer.toString(outcome.status.value()),
                        "uri",
                        PATH));
    }

    /** The tags that Spring uses for requests whose outcome is not known yet. */
    private LongTaskTimer activeTimer(HttpMethod method) {
        return LongTaskTimer.builder(NAME + ".active")
                .tags("exception", "none", "method", method.name(), "outcome", "SUCCESS")
                .tags("status", "200", "uri", "UNKNOWN")
                .register(meters);
    }

    /** The values by which timers are distinguished. */
    private record Outcome(HttpMethod method, @Nullable HttpStatusCode status, String error) {

        String name() {
            return status == null
                    ? "UNKNOWN"
                    : status.is2xxSuccessful()
                            ? "SUCCESS"
                            : status.is3xxRedirection()
                                    ? "REDIRECTION"
                                    : status.is4xxClientError() ? "CLIENT_ERROR" : "SERVER_ERROR";
        }
    }

    private final class Timed implements Measurement {

        private final HttpMethod method;
        private final LongTaskTimer.Sample sample;
        private final long begunAt = System.nanoTime();

        Timed(HttpMethod method) {
            this.method = method;
            this.sample = active.computeIfAbsent(method, UndispatchedRequestMeter.this::activeTimer)
                    .start();
        }

        @Override
        public Context in(Context context) {
            return context;
        }

        @Override
        public void end(@Nullable HttpStatusCode status, @Nullable Throwable error) {
            sample.stop();
            String name = error == null ? "none" : error.getClass().getSimpleName();
            timers.computeIfAbsent(new Outcome(method, status, name), UndispatchedRequestMeter.this::timer)
                    .record(System.nanoTime() - begunAt, TimeUnit.NANOSECONDS);
        }
    }

    private static final class Observed implements Measurement {

        private final ServerRequestObservationContext context;
        private final Observation observation;

        Observed(ServerHttpRequest request, ServerHttpResponse response, ObservationRegistry registry) {
            this.context = new ServerRequestObservationContext(request, response, new ConcurrentHashMap<>());
            this.observation = ServerHttpObservationDocumentation.HTTP_REACTIVE_SERVER_REQUESTS
                    .observation(null, new DefaultServerRequestObservationConvention(), () -> this.context, registry)
                    .start();
        }

        @Override
        public Context in(Context outer) {
            return outer.put(ObservationThreadLocalAccessor.KEY, observation);
        }

        @Override
        public void end(@Nullable HttpStatusCode status, @Nullable Throwable error) {
            context.setPathPattern(PATH);
            context.setConnectionAborted(status == null);
            if (error != null) {
                observation.error(error);
            }
            observation.stop();
        }
    }
}
