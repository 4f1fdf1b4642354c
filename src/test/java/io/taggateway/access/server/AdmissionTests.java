package io.taggateway.access.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.access.quota.QuotaFixture;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Tests of the admission of requests under load and at the stop. */
class AdmissionTests {

    private static final Duration TIME = Duration.ofSeconds(1);
    private static final int MAX_UNSENT = 1_000;

    private final ConnectionProperties properties =
            new ConnectionProperties(TIME, TIME, TIME, TIME, 1, 2, DataSize.ofBytes(MAX_UNSENT));
    private final UnsentByteCounter unsent = new UnsentByteCounter(properties, new SimpleMeterRegistry());
    private final Admission admission = new Admission(unsent, QuotaFixture.unlimitedAddresses(), properties);
    private final AtomicInteger admitted = new AtomicInteger();

    @Test
    void requestsOverTheLimitAreRefusedUntilOthersEnd() {
        Disposable first = request("/graphql", Mono.never()).subscribe();
        request("/webhooks/sipsim", Mono.never()).subscribe();
        assertRefused("/graphql");
        assertRefused("/webhooks/sipsim");
        first.dispose();
        assertAdmitted("/graphql");
        assertAdmitted("/graphql");
    }

    @Test
    void requestsAreRefusedWhileTooManyBytesAreUnsent() {
        unsent.add(MAX_UNSENT);
        assertRefused("/graphql");
        unsent.add(-1);
        assertAdmitted("/graphql");
        assertThat(unsent.accepts(2)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz", "/actuator/prometheus"})
    void probesAreNeverRefused(String path) {
        request("/graphql", Mono.never()).subscribe();
        request("/graphql", Mono.never()).subscribe();
        admission.close();
        assertAdmitted(path);
    }

    @Test
    void requestsAreRefusedAfterTheStop() {
        admission.close();
        MockServerWebExchange exchange = exchange("/graphql");
        StepVerifier.create(admission.filter(exchange, admittedExchange -> Mono.empty()))
                .verifyError(ResponseStatusException.class);
        assertThat(exchange.getResponse().getHeaders().getFirst("Retry-After")).isEqualTo("1");
        assertThat(exchange.getResponse().getHeaders().getFirst("Connection")).isEqualTo("close");
    }

    private void assertRefused(String path) {
        StepVerifier.create(request(path, Mono.empty()))
                .expectErrorSatisfies(refusal -> assertThat(refusal)
                        .isInstanceOfSatisfying(
                                ResponseStatusException.class,
                                status -> assertThat(status.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)))
                .verify();
    }

    private void assertAdmitted(String path) {
        int before = admitted.get();
        StepVerifier.create(request(path, Mono.empty())).verifyComplete();
        assertThat(admitted).hasValue(before + 1);
    }

    private Mono<Void> request(String path, Mono<Void> response) {
        return admission.filter(exchange(path), exchange -> {
            admitted.incrementAndGet();
            return response;
        });
    }

    private static MockServerWebExchange exchange(String path) {
        return MockServerWebExchange.from(MockServerHttpRequest.get(path));
    }
}
