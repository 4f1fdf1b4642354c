package io.taggateway.upstream.telemetry;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.propagation.Propagator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import reactor.util.context.ContextView;

/**
 * Measures requests to vendors, {@code http.client.requests}, with the names and values that Spring's {@code WebClient}
 * has for its own: that client, with which a request costs about a quarter more, is not used. Only a request whose span
 * is exported has an observation, which costs more than sending a small request.
 */
@Component
public final class UpstreamMeter {

    static final String NAME = "http.client.requests";
    private static final String NONE = "none";

    private final MeterRegistry meters;
    private final ObservationRegistry observations;
    private final Propagator propagator;
    private final boolean exported;

    /** Finding a timer by its tags each time would take longer than the recording. */
    private final Map<Result, Timer> timers = new ConcurrentHashMap<>();

    /** A meter of requests, whose spans are exported if there is an exporter and they are sampled. */
    public UpstreamMeter(
            MeterRegistry meters,
            ObservationRegistry observations,
            ObjectProvider<Propagator> propagators,
            ObjectProvider<SpanExporter> exporters) {
        this.meters = meters;
        this.observations = observations;
        this.propagator = propagators.getIfAvailable(() -> Propagator.NOOP);
        this.exported = exporters.stream().findAny().isPresent();
    }

    /** Begins to measure a request, as part of the observation in Reactor's context. */
    public Measurement begin(Request request, ContextView context) {
        Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        TraceContext trace = trace(parent);
        if (exported && (trace == null || !Boolean.FALSE.equals(trace.sampled()))) {
            return UpstreamObservation.begin(request, parent, observations);
        }
        HttpHeaders headers = new DefaultHttpHeaders();
        if (trace != null) {
            propagator.inject(trace, headers, (carrier, name, value) -> headers.set(name, value));
        }
        return new Timed(request, headers);
    }

    private static @Nullable TraceContext trace(@Nullable Observation parent) {
        TracingContext tracing = parent == null ? null : parent.getContextView().get(TracingContext.class);
        Span span = tracing == null ? null : tracing.getSpan();
        return span == null ? null : span.context();
    }

    private Timer timer(Result result) {
        KeyValues values = result.keyValues().and("error", result.exception);
        return meters.timer(
                NAME,
                values.stream()
                        .map(value -> Tag.of(value.getKey(), value.getValue()))
                        .toList());
    }

    /**
     * A request.
     *
     * @param client the name of its vendor, whatever host it is sent to
     * @param template the path with the names of its variables
     */
    public record Request(String client, HttpMethod method, String template, URI uri) {}

    /** The measurement of one request, which ends when its response begins. */
    public interface Measurement {

        /** The headers of the trace. */
        HttpHeaders traceHeaders();

        /** A response has begun. */
        void responded(int status);

        /** The request has failed. */
        void failed(Throwable error);

        /** The request, or what is left of it, is cancelled, or the measurement is over. */
        void end();
    }

    /** What distinguishes timers. */
    record Result(String client, HttpMethod method, String template, Outcome outcome, String status, String exception) {

        static Result of(Request request, @Nullable Integer status, @Nullable Throwable error) {
            return new Result(
                    request.client(),
                    request.method(),
                    request.template(),
                    status == null ? Outcome.UNKNOWN : Outcome.forStatus(status),
                    status == null ? failure(error) : status.toString(),
                    exception(error));
        }

        private static String exception(@Nullable Throwable error) {
            String name = error == null ? NONE : error.getClass().getSimpleName();
            return name.isEmpty() ? Objects.requireNonNull(error).getClass().getName() : name;
        }

        private static String failure(@Nullable Throwable error) {
            return error instanceof IOException ? "IO_ERROR" : "CLIENT_ERROR";
        }

        KeyValues keyValues() {
            return KeyValues.of(
                    KeyValue.of("client.name", client),
                    KeyValue.of("exception", exception),
                    KeyValue.of("method", method.name()),
                    KeyValue.of("outcome", outcome.name()),
                    KeyValue.of("status", status),
                    KeyValue.of("uri", template.isEmpty() ? "/" : template));
        }
    }

    /** A measurement by a timer alone. */
    private final class Timed implements Measurement {

        private final Request request;
        private final HttpHeaders headers;
        private final long begunAt = System.nanoTime();
        private final AtomicBoolean ended = new AtomicBoolean();

        Timed(Request request, HttpHeaders headers) {
            this.request = request;
            this.headers = headers;
        }

        @Override
        public HttpHeaders traceHeaders() {
            return headers;
        }

        @Override
        public void responded(int status) {
            end(status, null);
        }

        @Override
        public void failed(Throwable error) {
            end(null, error);
        }

        @Override
        public void end() {
            end(null, null);
        }

        private void end(@Nullable Integer status, @Nullable Throwable error) {
            if (ended.compareAndSet(false, true)) {
                timers.computeIfAbsent(Result.of(request, status, error), UpstreamMeter.this::timer)
                        .record(System.nanoTime() - begunAt, TimeUnit.NANOSECONDS);
            }
        }
    }
}
