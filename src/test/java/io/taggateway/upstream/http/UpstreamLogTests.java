package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.upstream.guard.UpstreamSettings;
import io.taggateway.upstream.http.ScriptedServer.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests of the log lines for vendor requests. */
class UpstreamLogTests {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger gateway = (Logger) LoggerFactory.getLogger("io.taggateway");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final UpstreamFixture kit = new UpstreamFixture(clock);
    private final ScriptedServer server = new ScriptedServer();
    private final UpstreamClient client = kit.client(Vendor.SWIPEONE, server.baseUrl());

    @BeforeEach
    void listen() {
        gateway.setLevel(Level.TRACE);
        // Other threads log while it is read
        appender.list = new CopyOnWriteArrayList<>();
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void close() {
        root.detachAppender(appender);
        gateway.setLevel(null);
        kit.close();
        server.close();
    }

    @Test
    void failureIsLoggedWithoutSecretsUrlsOrBodies() {
        server.answer(Reply.json(500, "{\"message\":\"body-text\"}"), Reply.json("body-text"));
        UpstreamRequest request =
                UpstreamRequest.get("findContact", "/contacts/{id}", "id-text").with("searchText", "query-text");
        client.fetch(request, (fields, at) -> "")
                .onErrorComplete()
                .contextWrite(TestOperation.context())
                .block();
        client.fetch(request, (fields, at) -> "")
                .onErrorComplete()
                .contextWrite(TestOperation.context())
                .block();
        server.close();
        client.fetch(request, (fields, at) -> "")
                .onErrorComplete()
                .contextWrite(TestOperation.context())
                .block();
        List<String> lines = List.copyOf(appender.list).stream()
                .filter(event -> event.getLoggerName().startsWith("io.taggateway")
                        || event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(event -> event.getFormattedMessage() + " " + event.getThrowableProxy())
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst())
                .startsWith("Vendor request failed: tenant=default vendor=SWIPEONE operation=findContact"
                        + " outcome=SERVER_ERROR durationMs=")
                .contains(" errorId=")
                .endsWith(" null");
        assertThat(lines.get(1)).contains("outcome=INVALID_RESPONSE");
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain("top-secret", "query-text", "id-text", "body-text", "127.0.0.1", "/contacts"));
    }

    @Test
    void statusAndCauseAreLogged() {
        server.answer(Reply.json(502, "{}"));
        assertThat(failedRead(client)).contains(" status=502 ");
        server.close();
        assertThat(failedRead(at(server.baseUrl()))).contains(" cause=").contains("Connection refused");
        assertThat(failedRead(at("http://no-such-host.invalid/api"))).contains(" cause=UnknownHost");
    }

    @Test
    void causeOfFailedTlsIsLogged() {
        assertThat(failedRead(at(server.baseUrl().replace("http:", "https:")))).contains(" cause=NotSslRecord");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "refused: /127.0.0.1:8080 | refused: …",
                "bad https://user:pw@host/path?key=secret here | bad … here",
                "token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9abc here | token … here",
                "not a record: 485454502f312e312034303020426164205265717565 | not a record: …",
                "a plain reason | a plain reason"
            })
    void causeHasNoAddressesAndSecrets(String message, String logged) {
        ErrorDecoder errors = new ErrorDecoder(Vendor.SWIPEONE, new SettableClock(SampleFactory.NOON));
        assertThat(errors.decode(new IllegalStateException(message + "\n")).detail())
                .startsWith("cause=IllegalStateException: " + logged)
                .doesNotContain("\n");
    }

    private UpstreamClient at(String baseUrl) {
        return kit.client(Vendor.SWIPEONE, baseUrl);
    }

    private String failedRead(UpstreamClient asked) {
        appender.list.clear();
        TestOperation.verify(asked.fetch(UpstreamRequest.get("listTags", "/tags"), (fields, at) -> ""))
                .verifyError();
        return appender.list.stream()
                .filter(event -> event.getLoggerName().startsWith("io.taggateway"))
                .map(ILoggingEvent::getFormattedMessage)
                .findFirst()
                .orElse("");
    }

    @Test
    void notFoundIsNotLogged() {
        server.answer(Reply.json(404, "{}"));
        client.fetch(UpstreamRequest.get("findTag", "/tags/1"), (fields, at) -> "")
                .onErrorComplete()
                .contextWrite(TestOperation.context())
                .block();
        assertThat(appender.list).noneMatch(event -> event.getLoggerName().startsWith("io.taggateway"));
    }

    @Test
    void repeatedFailuresAreCountedInOneLineUnderTheirErrorId() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        server.answer(Reply.json(500, "{}"));
        Set<String> ids =
                IntStream.range(0, 200).mapToObj(i -> failedId(client)).collect(Collectors.toSet());
        assertThat(lines()).hasSize(5);
        time.advanceTimeBy(Duration.ofSeconds(10));
        VirtualTimeScheduler.reset();
        assertThat(lines()).hasSize(6);
        assertThat(lines().getLast())
                .startsWith("Vendor requests failed: tenant=default vendor=SWIPEONE operation=listTags"
                        + " outcome=SERVER_ERROR count=195 maxDurationMs=")
                .contains(" status=500 errorId=")
                .endsWith(" lastRequestId=test");
        assertThat(ids).hasSize(6).allMatch(id -> lines().stream().anyMatch(line -> line.contains("errorId=" + id)));
        failedId(client);
        assertThat(lines()).hasSize(7);
    }

    @Test
    void requestThatIsNotSentIsLogged() {
        server.answer(Reply.status(429, Map.of("Retry-After", "60")));
        failedId(client);
        String id = failedId(client);
        assertThat(lines().getLast()).contains("outcome=RATE_LIMITED durationMs=0", "errorId=" + id);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void changesOfACircuitAreLogged() {
        UpstreamClient guarded = kit.client(new UpstreamClient.Target(
                Vendor.SWIPEONE,
                server.baseUrl(),
                Credentials.fixed("x-api-key", "top-secret"),
                new UpstreamSettings(
                        UpstreamFixture.settings(UpstreamFixture.PATIENCE).limits(),
                        new UpstreamSettings.Retry(false, 0, Duration.ZERO),
                        new UpstreamSettings.Circuit(
                                true, 20, 5, 50, 80, Duration.ofSeconds(2), Duration.ofSeconds(5)))));
        server.answer(Reply.json(500, "{}"));
        IntStream.range(0, 6).forEach(i -> failedId(guarded));
        server.answer(Reply.json("{}"));
        clock.advance(Duration.ofMillis(5_001));
        IntStream.range(0, 3).forEach(i -> read(guarded));
        assertThat(lines("Circuit"))
                .containsExactly(
                        "WARN Circuit of vendor changed: tenant=default vendor=SWIPEONE from=CLOSED to=OPEN"
                                + " failureRate=100 slowRate=0",
                        "INFO Circuit of vendor changed: tenant=default vendor=SWIPEONE from=OPEN to=HALF_OPEN"
                                + " failureRate=-1 slowRate=-1",
                        "INFO Circuit of vendor changed: tenant=default vendor=SWIPEONE from=HALF_OPEN to=CLOSED"
                                + " failureRate=-1 slowRate=-1");
    }

    @Test
    void startAndEndOfACoolDownAreLogged() {
        server.answer(Reply.status(429, Map.of("Retry-After", "60")));
        failedId(client);
        failedId(client);
        server.answer(Reply.json("{}"));
        clock.advance(Duration.ofSeconds(61));
        read(client);
        read(client);
        assertThat(lines("ool-down"))
                .containsExactly(
                        "WARN Cool-down of vendor began: tenant=default vendor=SWIPEONE durationMs=60000",
                        "INFO Vendor responds again after its cool-down: tenant=default vendor=SWIPEONE");
    }

    private static void read(UpstreamClient asked) {
        asked.fetch(UpstreamRequest.get("listTags", "/tags"), (fields, at) -> "")
                .contextWrite(TestOperation.context())
                .block();
    }

    private List<String> lines(String part) {
        return List.copyOf(appender.list).stream()
                .filter(event -> event.getFormattedMessage().contains(part))
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    /** The error id that the caller of a failed read receives. */
    private static String failedId(UpstreamClient asked) {
        return asked.fetch(UpstreamRequest.get("listTags", "/tags"), (fields, at) -> "")
                .onErrorResume(SourceException.class, failure -> Mono.just(failure.errorId()))
                .contextWrite(TestOperation.context())
                .blockOptional()
                .orElseThrow();
    }

    private List<String> lines() {
        return List.copyOf(appender.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.startsWith("Vendor request"))
                .toList();
    }

    @Test
    void secretsAreMasked() {
        assertThat(Secret.of(" top-secret ").value()).isEqualTo("top-secret");
        assertThat(Secret.of("top-secret")).hasToString("***");
        assertThat(Secret.of(" ")).hasToString("");
        assertThat(Secret.of(" ").isSet()).isFalse();
        assertThat(new Credentials.Header("x-api-key", "top-secret")).hasToString("x-api-key: ***");
    }

    @Test
    void writeThatIsRefusedInItsBodyIsLoggedAsFailed() {
        server.answer(Reply.json("{\"status\":\"fail\"}"));
        UpstreamRequest request = UpstreamRequest.write(HttpMethod.POST, "createTag", "{}", "/tags");
        TestOperation.verify(client.send(request, response -> "fail".equals(response.text("status"))))
                .verifyErrorSatisfies(error -> assertThat(appender.list)
                        .extracting(ILoggingEvent::getFormattedMessage)
                        .anyMatch(line -> line.startsWith(
                                        "Vendor request failed: tenant=default vendor=SWIPEONE operation=createTag"
                                                + " outcome=REJECTED_INPUT")
                                && line.contains(" status=200 ")
                                && line.contains("errorId=" + ((SourceException) error).errorId())));
    }
}
