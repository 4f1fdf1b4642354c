package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorState.CircuitState;
import io.taggateway.tagging.directory.VendorState.VendorStatus;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.operation.VendorRequestScope;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.upstream.guard.UpstreamSettings;
import io.taggateway.upstream.http.ScriptedServer.Received;
import io.taggateway.upstream.http.ScriptedServer.Reply;
import io.taggateway.upstream.http.UpstreamClient.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tests of vendor requests over real HTTP. */
class UpstreamClientTests {

    private static final UpstreamRequest TAGS = UpstreamRequest.get("listTags", "/tags");

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final UpstreamFixture kit = new UpstreamFixture(clock);
    private final ScriptedServer server = new ScriptedServer();
    private final UpstreamClient client = client(Credentials.fixed("x-api-key", "top-secret"));

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    @Test
    void responseHasItsJsonAndTime() {
        server.answer(Reply.json("{\"a\":\"b\"}"));
        String response = SourceAssertions.require(client.fetch(TAGS, (fields, at) -> fields.text("a") + " " + at));
        assertThat(response).isEqualTo("b " + SampleFactory.NOON);
        Received request = server.requests().getFirst();
        assertThat(request.headers())
                .containsEntry("x-api-key", "top-secret")
                .containsEntry("accept", "application/json")
                .doesNotContainKey("content-type");
    }

    @Test
    void noRequestIsSentBeyondTheBudgetOfAnOperation() {
        server.answer(Reply.json("{}"));
        OperationContext operation = TestOperation.begin();
        VendorRequestScope budget = operation.requests();
        budget.limitTo(1);
        SourceAssertions.require(UpstreamFixture.send(client, TAGS.asOfNow()).contextWrite(operation::in));
        TestOperation.verify(UpstreamFixture.send(client, TAGS.asOfNow()).contextWrite(operation::in))
                .verifyErrorSatisfies(
                        error -> assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.REQUEST_LIMIT));
        assertThat(server.requests()).hasSize(1);
        assertThat(budget.needed()).isEqualTo(2);
        SourceAssertions.require(UpstreamFixture.send(client, TAGS));
    }

    @Test
    void requestsBeyondTheBudgetAreNotRepeatedAndDoNotCountForTheCircuit() {
        UpstreamClient guarded = client(
                Credentials.fixed("x-api-key", "top-secret"),
                new UpstreamSettings(
                        UpstreamFixture.settings(UpstreamFixture.PATIENCE).limits(),
                        new UpstreamSettings.Retry(true, 2, Duration.ofMillis(1)),
                        new UpstreamSettings.Circuit(
                                true, 20, 5, 50, 80, Duration.ofSeconds(2), Duration.ofSeconds(5))));
        OperationContext operation = TestOperation.begin();
        VendorRequestScope budget = operation.requests();
        budget.limitTo(0);
        for (int i = 0; i < 30; i++) {
            TestOperation.verify(UpstreamFixture.send(guarded, TAGS.asOfNow()).contextWrite(operation::in))
                    .verifyErrorSatisfies(error ->
                            assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.REQUEST_LIMIT));
        }
        assertThat(budget.needed()).isEqualTo(30);
        assertThat(server.requests()).isEmpty();
        assertThat(kit.condition()).isEqualTo(new Condition(VendorStatus.UP, CircuitState.CLOSED, null));
        server.answer(Reply.json("{}"));
        SourceAssertions.require(UpstreamFixture.send(guarded, TAGS));
    }

    @Test
    void bodyIsSentAsJson() {
        server.answer(Reply.json("{}"));
        SourceAssertions.require(UpstreamFixture.send(
                client, UpstreamRequest.search("search", Map.of("é", 1), "/w/{id}/search", "a/b")));
        Received request = server.requests().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/api/w/a%2Fb/search");
        assertThat(request.body()).isEqualTo("{\"é\":1}");
        assertThat(request.headers().get("content-type")).startsWith("application/json");
    }

    @Test
    void variablesAndParametersAreSentUnchanged() {
        String odd = "+/=&?#% é🔥;,:@";
        UpstreamRequest request = UpstreamRequest.get("find", "/calls/{id}/tags/{tag}", odd, "..%2F")
                .with("page", odd)
                .with("nothing", null)
                .with("limit", 20);
        SourceAssertions.require(UpstreamFixture.send(client, request));
        String encoded = "%2B%2F%3D%26%3F%23%25%20%C3%A9%F0%9F%94%A5%3B%2C%3A%40";
        assertThat(server.requests().getFirst().target())
                .isEqualTo("/api/calls/" + encoded + "/tags/..%252F?page=" + encoded + "&limit=20");
    }

    @ParameterizedTest
    @CsvSource({
        "300, INVALID_RESPONSE",
        "302, INVALID_RESPONSE",
        "304, INVALID_RESPONSE",
        "400, REJECTED_INPUT",
        "401, AUTH_FAILED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "405, REJECTED_INPUT",
        "408, TIMEOUT",
        "409, CONFLICT",
        "410, NOT_FOUND",
        "418, REJECTED_INPUT",
        "422, REJECTED_INPUT",
        "429, RATE_LIMITED",
        "500, SERVER_ERROR",
        "501, SERVER_ERROR",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, UNAVAILABLE",
        "520, SERVER_ERROR",
        "599, SERVER_ERROR"
    })
    void statusDeterminesTheReason(int status, FailureReason reason) {
        server.answer(Reply.json(status, "{\"message\":\"Unauthorized, tag not found\"}"));
        SourceException failure = failure(client);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.retryAfter()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "429, 7, 7",
        "429, 0, 1",
        "429, 999999, 3600",
        "429, 'Wed, 04 Mar 2026 12:01:30 GMT', 90",
        "429, 'Wed, 04 Mar 2026 11:00:00 GMT', 1",
        "429, 'Thu, 04 Mar 2027 12:00:00 GMT', 3600",
        "429, soon,",
        "429, -5,",
        "429, 1.5, 2",
        "429, 99999999999999999999,",
        "503, 12, 12",
        "503, soon,"
    })
    void retryAfterIsReadAsSecondsOrDateOfASecondToAnHour(int status, String header, @Nullable Long seconds) {
        server.answer(Reply.status(status, Map.of("Retry-After", header)));
        SourceException failure = failure(client);
        assertThat(failure.reason()).isEqualTo(FailureReason.RATE_LIMITED);
        assertThat(failure.retryAfter()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html>",
                "{",
                "{\"a\":}",
                "[]",
                "[{\"a\":1}]",
                "\"text\"",
                "17",
                "null",
                "{} {}",
                "{\"a\":NaN}",
                "\uFEFF\uFEFF{}"
            })
    void responseIsInvalidUnlessItIsOneJsonObject(String body) {
        server.answer(Reply.json(body));
        assertThat(failure(client).reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    }

    @Test
    void objectThatIsNestedTooDeeplyIsAnInvalidResponse() {
        server.answer(Reply.json("{\"a\":".repeat(30_000) + "1" + "}".repeat(30_000)));
        assertThat(failure(client).reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    }

    @Test
    void malformedUtf8IsAnInvalidResponse() {
        server.answer(
                new Reply(200, Map.of("Content-Type", "application/json"), new byte[] {'{', '"', (byte) 0xC3, '"'}));
        assertThat(failure(client).reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    }

    @Test
    void objectThatTheMapperRefusesIsAnInvalidResponse() {
        Mono<String> response = client.fetch(TAGS, (fields, at) -> fields.text("name"));
        TestOperation.verify(response)
                .verifyErrorSatisfies(error ->
                        assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE));
    }

    @Test
    void bodyBeyondTheLimitIsAnInvalidResponse() {
        server.answer(Reply.json("{\"a\":\"" + "x".repeat(300 * 1024) + "\"}"));
        assertThat(failure(client).reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    }

    @Test
    void bodyIsDecompressedAndTheLimitAppliesToTheResult() {
        server.answer(gzip("{\"a\":\"b\"}"));
        assertThat(text(client)).isEqualTo("b");
        assertThat(server.requests().getFirst().headers().get("accept-encoding"))
                .contains("gzip");
        server.answer(gzip("{\"a\":\"" + "x".repeat(3_000_000) + "\"}"));
        assertThat(failure(client).reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    }

    @Test
    void refusedConnectionIsUnavailable() {
        server.close();
        assertThat(failure(client).reason()).isEqualTo(FailureReason.UNAVAILABLE);
    }

    @Test
    void refusedTokenIsRenewedAndTheRequestSentOnceMore() {
        RenewedCredentials credentials = new RenewedCredentials();
        server.answer(request -> "token-2".equals(request.headers().get("x-token"))
                ? Reply.json("{\"a\":\"b\"}")
                : Reply.json(401, "{}"));
        UpstreamClient renewing = client(credentials);
        assertThat(text(renewing)).isEqualTo("b");
        assertThat(server.requests()).hasSize(2);
        server.answer(Reply.json(401, "{}"));
        assertThat(failure(renewing).reason()).isEqualTo(FailureReason.AUTH_FAILED);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void refusedKeyIsNotSentAgain() {
        server.answer(Reply.json(401, "{}"));
        assertThat(failure(client).reason()).isEqualTo(FailureReason.AUTH_FAILED);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void oneOperationSendsTheSameGetOnce() {
        Mono<?> operation = Flux.range(0, 5)
                .flatMap(i -> UpstreamFixture.send(client, TAGS))
                .then(UpstreamFixture.send(client, UpstreamRequest.get("other", "/tags")))
                .then(UpstreamFixture.send(client, TAGS.with("page", "2")));
        SourceAssertions.require(operation);
        assertThat(server.requests()).extracting(Received::target).containsExactly("/api/tags", "/api/tags?page=2");
    }

    @Test
    void operationSendsAFailedRequestOnce() {
        server.answer(Reply.json(500, "{}"));
        TestOperation.verify(
                        UpstreamFixture.send(client, TAGS).onErrorResume(error -> UpstreamFixture.send(client, TAGS)))
                .verifyError(SourceException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void responseThatCannotBeMappedIsOneFailureForAllReaders() {
        UpstreamClient guarded = client(
                Credentials.fixed("x-api-key", "top-secret"),
                new UpstreamSettings(
                        UpstreamFixture.settings(UpstreamFixture.PATIENCE).limits(),
                        new UpstreamSettings.Retry(true, 2, Duration.ofMillis(1)),
                        new UpstreamSettings.Circuit(
                                true, 20, 2, 50, 80, Duration.ofSeconds(2), Duration.ofSeconds(5))));
        server.answer(Reply.json("{}"));
        Mono<List<SourceException>> failures = Flux.range(0, 20)
                .flatMap(alias -> guarded.fetch(TAGS, (fields, at) -> fields.text("data"))
                        .then(Mono.<SourceException>empty())
                        .onErrorResume(SourceException.class, Mono::just))
                .collectList();
        List<SourceException> all = SourceAssertions.require(failures);
        assertThat(all).hasSize(20).allSatisfy(failure -> assertThat(failure).isSameAs(all.getFirst()));
        assertThat(all.getFirst().reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
        assertThat(server.requests()).hasSize(1);
        assertThat(kit.condition()).isEqualTo(new Condition(VendorStatus.DOWN, CircuitState.CLOSED, null));
    }

    @Test
    void operationSendsRequestsAgainAfterAWrite() {
        SourceAssertions.require(UpstreamFixture.send(client, TAGS)
                .then(OperationContext.defer(operation -> operation.requests().invalidateAfter(Mono.empty())))
                .then(UpstreamFixture.send(client, TAGS)));
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void equalSearchesOfOneOperationAreSentOnceAndOtherRequestsEachTime() {
        UpstreamRequest search = UpstreamRequest.search("search", Map.of("query", "a"), "/search");
        UpstreamRequest other = UpstreamRequest.search("search", Map.of("query", "b"), "/search");
        SourceAssertions.require(UpstreamFixture.send(client, search)
                .then(UpstreamFixture.send(client, search))
                .then(UpstreamFixture.send(client, other)));
        assertThat(server.requests()).hasSize(2);
        SourceAssertions.require(
                UpstreamFixture.send(client, search.asOfNow()).then(UpstreamFixture.send(client, search.asOfNow())));
        assertThat(server.requests()).hasSize(4);
        SourceAssertions.require(UpstreamFixture.send(client, TAGS));
        SourceAssertions.require(UpstreamFixture.send(client, TAGS));
        assertThat(server.requests()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({"500, DOWN", "401, DOWN", "429, DEGRADED", "403, DEGRADED", "404, UP", "400, UP", "200, UP"})
    void statusIsThatOfTheLastRequest(int status, VendorStatus expected) {
        server.answer(Reply.json(500, "{}"), Reply.json(status, "{}"));
        assertThat(kit.condition().status()).isEqualTo(VendorStatus.UP);
        failure(client);
        UpstreamFixture.send(client, TAGS)
                .onErrorComplete()
                .contextWrite(TestOperation.context())
                .block();
        assertThat(kit.condition().status()).isEqualTo(expected);
        assertThat(VendorAccount.notConfigured(Vendor.SWIPEONE, Set.of())
                        .condition()
                        .status())
                .isEqualTo(VendorStatus.NOT_CONFIGURED);
    }

    private UpstreamClient client(Credentials credentials) {
        return client(credentials, UpstreamFixture.settings(UpstreamFixture.PATIENCE));
    }

    private UpstreamClient client(Credentials credentials, UpstreamSettings settings) {
        return kit.client(new Target(Vendor.SIPSIM, server.baseUrl(), credentials, settings));
    }

    private static String text(UpstreamClient asked) {
        return SourceAssertions.require(asked.fetch(TAGS, (fields, at) -> fields.text("a")));
    }

    private static SourceException failure(UpstreamClient asked) {
        return (SourceException) SourceAssertions.require(asked.fetch(TAGS, (fields, at) -> "")
                .map(response -> new Throwable())
                .onErrorResume(Mono::just));
    }

    private static Reply gzip(String body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new Reply(
                200, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"), packed.toByteArray());
    }

    /** A token with a number, which increases when one is refused. */
    private static final class RenewedCredentials implements Credentials {

        private final AtomicInteger number = new AtomicInteger(1);

        @Override
        public Mono<Header> header() {
            return Mono.fromSupplier(() -> new Header("x-token", "token-" + number));
        }

        @Override
        public boolean renew(Header refused) {
            number.incrementAndGet();
            return true;
        }
    }
}
