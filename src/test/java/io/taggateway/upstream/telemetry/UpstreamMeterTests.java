package io.taggateway.upstream.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.taggateway.upstream.telemetry.UpstreamMeter.Measurement;
import io.taggateway.upstream.telemetry.UpstreamMeter.Request;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.HttpMethod;
import reactor.util.context.Context;

/** Tests that requests are measured alike whether their spans are exported or not. */
class UpstreamMeterTests {

    private static final StaticListableBeanFactory NONE = new StaticListableBeanFactory();

    private static final Request REQUEST = new Request(
            "sipsim",
            HttpMethod.GET,
            "/contacts/{id}",
            URI.create("http://127.0.0.1:1/api/contacts/7?searchText=Ada%20Lovelace&limit=100"));

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
    private final List<SpanData> exported = new ArrayList<>();

    UpstreamMeterTests() {
        // As MetricsConfiguration does
        meters.config().meterFilter(MeterFilter.deny(id -> id.getType() == Meter.Type.LONG_TASK_TIMER));
    }

    static Stream<Consumer<Measurement>> metersAreThoseOfTheObservation() {
        return Stream.of(
                measurement -> measurement.responded(200),
                measurement -> measurement.responded(404),
                measurement -> measurement.responded(599),
                measurement -> measurement.failed(new IOException("invented")),
                measurement -> measurement.failed(new TimeoutException("invented")),
                Measurement::end);
    }

    @ParameterizedTest
    @MethodSource
    void metersAreThoseOfTheObservation(Consumer<Measurement> end) {
        end.accept(meter(Sampler.alwaysOn()).begin(REQUEST, Context.empty()));
        Set<Meter.Id> observed = ids();
        meters.clear();
        end.accept(meter().begin(REQUEST, Context.empty()));
        assertThat(exported).hasSize(1);
        assertThat(ids()).hasSize(1).isEqualTo(observed);
    }

    @Test
    void measurementEndsOnce() {
        Measurement measurement = meter().begin(REQUEST, Context.empty());
        measurement.responded(200);
        measurement.failed(new IOException("invented"));
        measurement.end();
        assertThat(meters.get("http.client.requests").timers())
                .singleElement()
                .extracting(Timer::count)
                .isEqualTo(1L);
    }

    @Test
    void vendorReceivesTraceThatIsNotSampled() {
        UpstreamMeter meter = meter(Sampler.alwaysOff());
        Observation operation = Observation.start("operation", observations);
        Measurement measurement = meter.begin(REQUEST, Context.of(ObservationThreadLocalAccessor.KEY, operation));
        assertThat(measurement.traceHeaders().get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[02]");
        measurement.responded(200);
        assertThat(exported).isEmpty();
        assertThat(meters.get("http.client.requests").timer().count()).isEqualTo(1);
    }

    @Test
    void vendorReceivesTraceWhoseSpansAreExported() {
        UpstreamMeter meter = meter(Sampler.alwaysOn());
        Observation operation = Observation.start("operation", observations);
        Measurement measurement = meter.begin(REQUEST, Context.of(ObservationThreadLocalAccessor.KEY, operation));
        measurement.responded(200);
        assertThat(exported)
                .singleElement()
                .satisfies(span -> assertThat(measurement.traceHeaders().get("traceparent"))
                        .matches("00-" + span.getTraceId() + "-" + span.getSpanId() + "-0[13]"));
    }

    @Test
    void vendorReceivesNoTraceWithoutOperation() {
        assertThat(meter().begin(REQUEST, Context.empty()).traceHeaders().isEmpty())
                .isTrue();
    }

    @Test
    void tracesHaveNoQueryStrings() {
        meter(Sampler.alwaysOn()).begin(REQUEST, Context.empty()).responded(200);
        assertThat(exported)
                .singleElement()
                .satisfies(span -> assertThat(span.getAttributes().asMap().values())
                        .contains("http://127.0.0.1:1/api/contacts/7")
                        .noneMatch(value -> value.toString().contains("Ada")));
    }

    private Set<Meter.Id> ids() {
        return meters.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
    }

    /** A meter without an exporter of spans. */
    private UpstreamMeter meter() {
        return new UpstreamMeter(
                meters, observations, NONE.getBeanProvider(Propagator.class), NONE.getBeanProvider(SpanExporter.class));
    }

    private UpstreamMeter meter(Sampler sampler) {
        SpanExporter exporter = new Recorder(exported);
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build();
        io.opentelemetry.api.trace.Tracer otel = provider.get("test");
        OtelTracer tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), event -> {});
        Propagator propagator =
                new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel);
        observations
                .observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters))
                .observationHandler(new FirstMatchingCompositeObservationHandler(
                        new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                        new DefaultTracingObservationHandler(tracer)));
        beans.addBean("propagator", propagator);
        beans.addBean("exporter", exporter);
        return new UpstreamMeter(
                meters,
                observations,
                beans.getBeanProvider(Propagator.class),
                beans.getBeanProvider(SpanExporter.class));
    }

    /** Exports spans to a list. */
    private record Recorder(List<SpanData> spans) implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
