package io.taggateway.access.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.taggateway.access.server.UndispatchedRequestMeter.Measurement;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.util.context.Context;

/** Tests that requests that Spring does not dispatch are measured as Spring measures the others. */
class UndispatchedRequestMeterTests {

    private static final ServerHttpRequest REQUEST =
            MockServerHttpRequest.post("/graphql").build();

    private static final ServerHttpRequest TRACED = MockServerHttpRequest.post("/graphql")
            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .build();

    private final MockServerHttpResponse response = new MockServerHttpResponse();

    static Stream<Arguments> metersAreThoseOfSpringsObservation() {
        return Stream.of(
                Arguments.of(HttpStatus.OK, null),
                Arguments.of(HttpStatus.NOT_MODIFIED, null),
                Arguments.of(HttpStatus.BAD_REQUEST, new IllegalArgumentException("invented")),
                Arguments.of(HttpStatus.GATEWAY_TIMEOUT, new IllegalStateException("invented")),
                Arguments.of(null, null));
    }

    @ParameterizedTest
    @MethodSource
    void metersAreThoseOfSpringsObservation(@Nullable HttpStatus status, @Nullable Throwable error) {
        assertThat(meters(REQUEST, status, error)).hasSize(2).isEqualTo(meters(TRACED, status, error));
    }

    @Test
    void requestIsActiveUntilItEnds() {
        MeterRegistry registry = new SimpleMeterRegistry();
        Measurement measurement = meter(registry).begin(REQUEST, response);
        assertThat(registry.get("http.server.requests.active").longTaskTimer().activeTasks())
                .isEqualTo(1);
        measurement.end(HttpStatus.OK, null);
        assertThat(registry.get("http.server.requests.active").longTaskTimer().activeTasks())
                .isZero();
    }

    @Test
    void onlyTracedRequestIsHandledInTheContextOfAnObservation() {
        UndispatchedRequestMeter meter = meter(new SimpleMeterRegistry());
        assertThat(meter.begin(REQUEST, response).in(Context.empty()).isEmpty()).isTrue();
        assertThat(meter.begin(TRACED, response).in(Context.empty()).isEmpty()).isFalse();
    }

    private Set<Meter.Id> meters(ServerHttpRequest request, @Nullable HttpStatus status, @Nullable Throwable error) {
        MeterRegistry registry = new SimpleMeterRegistry();
        MockServerHttpResponse response = new MockServerHttpResponse();
        response.setStatusCode(HttpStatus.OK); // The status of the server's responses until another one is set
        Measurement measurement = meter(registry).begin(request, response);
        response.setStatusCode(status);
        measurement.end(status, error);
        return registry.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
    }

    private static UndispatchedRequestMeter meter(MeterRegistry registry) {
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
        return new UndispatchedRequestMeter(
                registry, observations, new StaticListableBeanFactory().getBeanProvider(SpanExporter.class));
    }
}
