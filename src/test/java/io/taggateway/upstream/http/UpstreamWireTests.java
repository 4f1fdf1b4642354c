package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorState.CircuitState;
import io.taggateway.tagging.directory.VendorState.VendorStatus;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.upstream.guard.UpstreamSettings;
import io.taggateway.upstream.http.UpstreamClient.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tests of vendor responses at the level of bytes. */
class UpstreamWireTests {

    private static final UpstreamRequest TAGS = UpstreamRequest.get("listTags", "/tags");

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final UpstreamFixture kit = new UpstreamFixture(clock);
    private final RawServer server = new RawServer();
    private final UpstreamClient client = client(UpstreamFixture.PATIENCE);

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: json\r\n",
                "Content-Type: application/json, application/json\r\n",
                "Content-Type: application/json; charset=\r\n",
                "Content-Type: application/json; charset=nonsense\r\n",
                "Content-Type: application/json; charset=\"utf-8\r\n",
                "Content-Type: text/html; charset=utf-8\r\n",
                "Content-Type: ;;;\r\n"
            })
    void jsonIsReadWithAnyContentType(String headers) {
        server.answer(request -> RawServer.json(headers, "{\"name\":\"Café\"}"));
        assertThat(name()).isEqualTo("Café");
    }

    @Test
    void declaredCharsetIsHonoured() {
        server.answer(request -> "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=ISO-8859-1\r\n"
                + "Content-Length: 15\r\n\r\n{\"name\":\"Café\"}");
        assertThat(name()).isEqualTo("Café");
    }

    @Test
    void headersOfThirtyKilobytesAreRead() {
        server.answer(request -> RawServer.json("X-Long: " + "x".repeat(30_000) + "\r\n", "{\"name\":\"VIP\"}"));
        assertThat(name()).isEqualTo("VIP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
                "SMTP ready\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"
            })
    void headThatCannotBeReadIsAnInvalidResponseAndNotRetried(String response) {
        server.answer(request -> response);
        UpstreamClient retrying = guarded();
        assertThat(failure(retrying).reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void headersBeyondThirtyTwoKilobytesAreAnInvalidResponse() {
        server.answer(request -> RawServer.json("X-Long: " + "x".repeat(40_000) + "\r\n", "{}"));
        assertThat(failure(guarded()).reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void idempotentRequestsAreRepeatedOnNewConnectionsWhenPooledOnesAreClosed() {
        AtomicInteger died = new AtomicInteger();
        server.answer(request -> request.connection() < died.get() ? null : RawServer.json("{\"name\":\"VIP\"}"));
        UpstreamClient guarded = guarded();
        openConnections(guarded);
        died.set(server.connections());
        List<String> names = SourceAssertions.require(Flux.range(0, 20)
                .flatMap(i -> guarded.fetch(TAGS.with("n", i), (json, at) -> json.text("name")))
                .collectList());
        assertThat(names).hasSize(20).containsOnly("VIP");
        openConnections(guarded);
        died.set(server.connections());
        UpstreamRequest put = UpstreamRequest.write(HttpMethod.PUT, "assignTag", null, "/calls/1/tags/2");
        assertThat(SourceAssertions.require(guarded.send(put, json -> false)).repeated())
                .isTrue();
        died.set(0);
        assertThat(SourceAssertions.require(guarded.send(put, json -> false)).repeated())
                .isFalse();
        assertThat(kit.condition()).isEqualTo(new Condition(VendorStatus.UP, CircuitState.CLOSED, null));
    }

    @Test
    void newConnectionThatClosesIsAFailureOfTheVendor() {
        server.answer(request -> null);
        assertThat(failure(client).reason()).isEqualTo(FailureReason.UNAVAILABLE);
        assertThat(kit.condition().status()).isEqualTo(VendorStatus.DOWN);
    }

    @Test
    void connectionIsClosedAfterAnInvalidResponse() {
        server.answer(request -> RawServer.json(request.connection() == 0 ? "{}" : "{\"name\":\"VIP\"}"));
        TestOperation.verify(client.fetch(TAGS, (json, at) -> json.text("name")))
                .verifyErrorSatisfies(error ->
                        assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE));
        assertThat(name()).isEqualTo("VIP");
        assertThat(server.requests().getLast().connection()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "303", "307", "308"})
    void readFollowsOneRedirectToTheSameOrigin(int status) {
        server.answer(request -> request.target().equals("/api/tags")
                ? redirect(status, "/moved/tags?a=b")
                : RawServer.json("{\"name\":\"VIP\"}"));
        assertThat(name()).isEqualTo("VIP");
        assertThat(server.requests().getLast().target()).isEqualTo("/moved/tags?a=b");
        assertThat(server.requests().getLast().head()).contains("x-api-key: top-secret");
        server.answer(request -> redirect(status, "/again"));
        assertThat(failure(client).reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
        assertThat(server.requests()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://other.example.com/tags", "http://127.0.0.1:1/tags", "//other.example.com/x", "", "::"})
    void redirectToAnotherOriginIsNeitherFollowedNorRetried(String location) {
        server.answer(request -> redirect(302, location));
        SourceException failure = failure(client);
        assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.detail()).contains("status=302", "base URL");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void writeIsNotRedirected() {
        server.answer(request -> redirect(307, "/moved"));
        UpstreamRequest put = UpstreamRequest.write(HttpMethod.PUT, "assignTag", null, "/calls/1/tags/2");
        TestOperation.verify(client.send(put, json -> false))
                .verifyErrorSatisfies(error ->
                        assertThat(((SourceException) error).retryable()).isFalse());
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void nothingIsSentWhenTheAccountIsClosed() {
        server.answer(request -> "");
        kit.close();
        SourceException failure = failure(client);
        assertThat(failure.reason()).isEqualTo(FailureReason.UNAVAILABLE);
        assertThat(failure.detail()).contains("The account is closed");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void requestsWithoutRemainingTimeDoNotCountForTheCircuit() {
        server.answer(request -> "");
        UpstreamClient guarded = guarded();
        for (int i = 0; i < 30; i++) {
            UpstreamRequest request = TAGS.with("n", i);
            Duration left = i % 2 == 0 ? Duration.ofMillis(20) : Duration.ofSeconds(-1);
            TestOperation.verify(guarded.fetch(request, (json, at) -> "")
                            .contextWrite(TestOperation.within(clock, left)::in))
                    .verifyErrorSatisfies(error -> {
                        assertThat(((SourceException) error).reason()).isEqualTo(FailureReason.TIMEOUT);
                        assertThat(SourceException.isResponseLost(error)).isEqualTo(left.isPositive());
                    });
        }
        assertThat(server.requests()).hasSizeBetween(1, 15);
        assertThat(kit.condition()).isEqualTo(new Condition(VendorStatus.UP, CircuitState.CLOSED, null));
    }

    @Test
    void requestsThatExceedTheirTimeLimitOpenTheCircuit() {
        server.answer(request -> "");
        // The longest time for a connection that leaves a request its whole time is that to connect
        UpstreamClient impatient = guarded(Duration.ofMillis(250), Duration.ofMillis(300), 8);
        for (int i = 0; i < 5; i++) {
            assertThat(failure(impatient, TAGS.with("n", i)).reason()).isEqualTo(FailureReason.TIMEOUT);
        }
        assertThat(kit.condition().circuit()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void requestsThatWaitedForAConnectionDoNotCountForTheCircuit() {
        server.answer(request -> "");
        UpstreamClient narrow = guarded(UpstreamFixture.IMPATIENCE, 1);
        SourceAssertions.require(Flux.range(0, 30)
                .flatMap(i -> narrow.fetch(TAGS.with("n", i), (json, at) -> "").onErrorResume(e -> Mono.just("")), 30)
                .collectList());
        assertThat(kit.condition().circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void failuresForIdsOfCallersDoNotOpenTheCircuit() {
        server.answer(request -> "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        UpstreamClient guarded = guarded();
        for (int i = 0; i < 30; i++) {
            assertThat(failure(guarded, UpstreamRequest.get("findCall", "/calls/{id}", "x" + i))
                            .reason())
                    .isEqualTo(FailureReason.SERVER_ERROR);
        }
        assertThat(kit.condition()).isEqualTo(new Condition(VendorStatus.UP, CircuitState.CLOSED, null));
        for (int i = 0; i < 5; i++) {
            failure(guarded, TAGS.with("n", i));
        }
        assertThat(kit.condition().circuit()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void connectTimeoutAppliesToTheTlsHandshake() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            UpstreamSettings.Limits limits =
                    UpstreamFixture.settings(UpstreamFixture.PATIENCE).limits();
            UpstreamClient tls = kit.client(new Target(
                    Vendor.SIPSIM,
                    "https://127.0.0.1:" + silent.getLocalPort() + "/api",
                    Credentials.fixed("x-api-key", "top-secret"),
                    new UpstreamSettings(
                            new UpstreamSettings.Limits(
                                    UpstreamFixture.IMPATIENCE,
                                    UpstreamFixture.PATIENCE,
                                    limits.maxResponseSize(),
                                    8,
                                    64,
                                    0),
                            UpstreamFixture.settings(UpstreamFixture.PATIENCE).retry(),
                            UpstreamFixture.settings(UpstreamFixture.PATIENCE).circuit())));
            SourceException failure = failure(tls);
            assertThat(failure.reason()).isEqualTo(FailureReason.UNAVAILABLE);
            assertThat(failure.detail()).contains("HandshakeTimeout");
        }
    }

    private void openConnections(UpstreamClient opening) {
        SourceAssertions.require(Flux.range(0, 20)
                .flatMap(i -> opening.fetch(TAGS.with("open", i), (json, at) -> ""), 20)
                .collectList());
    }

    private static String redirect(int status, String location) {
        return "HTTP/1.1 " + status + " Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
    }

    private UpstreamClient guarded() {
        return guarded(UpstreamFixture.PATIENCE, 20);
    }

    private UpstreamClient guarded(Duration responseTimeout, int maxConnections) {
        return guarded(Duration.ofMillis(50), responseTimeout, maxConnections);
    }

    private UpstreamClient guarded(Duration connectTimeout, Duration responseTimeout, int maxConnections) {
        return client(new UpstreamSettings(
                new UpstreamSettings.Limits(
                        connectTimeout, responseTimeout, DataSize.ofKilobytes(256), maxConnections, 64, 0),
                new UpstreamSettings.Retry(true, 2, Duration.ofMillis(1)),
                new UpstreamSettings.Circuit(true, 20, 5, 50, 80, Duration.ofSeconds(5), Duration.ofSeconds(5))));
    }

    private UpstreamClient client(Duration responseTimeout) {
        return client(UpstreamFixture.settings(responseTimeout));
    }

    private UpstreamClient client(UpstreamSettings settings) {
        return kit.client(
                new Target(Vendor.SIPSIM, server.baseUrl(), Credentials.fixed("x-api-key", "top-secret"), settings));
    }

    private String name() {
        return SourceAssertions.require(client.fetch(TAGS, (json, at) -> json.text("name")));
    }

    private static SourceException failure(UpstreamClient asked) {
        return failure(asked, TAGS);
    }

    private static SourceException failure(UpstreamClient asked, UpstreamRequest request) {
        return (SourceException) SourceAssertions.require(asked.fetch(request, (json, at) -> "")
                .map(response -> new Throwable())
                .onErrorResume(Mono::just));
    }
}
