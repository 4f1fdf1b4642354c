package io.taggateway.vendor.sipsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.taggateway.support.SettableClock;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccount.PortSet;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.CallSource;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.VendorProfile.Origin;
import io.taggateway.upstream.http.ScriptedServer;
import io.taggateway.upstream.http.ScriptedServer.Received;
import io.taggateway.upstream.http.ScriptedServer.Reply;
import io.taggateway.upstream.http.Secret;
import io.taggateway.upstream.http.UpstreamFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;

/** Tests of SIPSIM's tokens. */
@ExtendWith(OutputCaptureExtension.class)
class SipsimTokensTests {

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final UpstreamFixture kit = new UpstreamFixture(clock);
    private final ScriptedServer server = new ScriptedServer();
    private final AtomicInteger tokens = new AtomicInteger();
    private final SipsimAccountFactory factory =
            new SipsimAccountFactory(kit.upstream(), UpstreamFixture.phoneNumbers(null), clock);
    private final CallSource calls = calls(properties("", "client", "secret"));
    private String tokenBody = "\"token_type\":\"Bearer\",\"expires_in\":7200";
    private @Nullable Reply tokenFailure;
    private String tokenType = "application/json";
    private String refusedToken = "none";
    private Reply refusal = Reply.status(401, Map.of());

    @BeforeEach
    void script() {
        server.answer(request -> request.target().equals("/oauth/token") ? token() : list(request));
    }

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    @Test
    void tokenIsRequestedAsDocumented() {
        list();
        Received request = server.requests().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers().get("content-type")).startsWith("application/x-www-form-urlencoded");
        assertThat(request.headers()).doesNotContainKey("authorization");
        assertThat(request.body().split("&"))
                .containsExactlyInAnyOrder(
                        "grant_type=client_credentials",
                        "client_id=client",
                        "client_secret=secret",
                        "scope=tags.read+calls.read");
        assertThat(server.requests().getLast().headers()).containsEntry("authorization", "Bearer token-1");
    }

    @Test
    void waitingRequestsShareOneToken() {
        SourceAssertions.require(Flux.range(0, 20)
                .flatMap(i -> calls.listTags("1").contextWrite(TestOperation.context()))
                .collectList());
        assertThat(tokens).hasValue(1);
        assertThat(server.requests()).hasSize(21);
    }

    @Test
    void tokenIsRenewedAMinuteBeforeItExpires() {
        list();
        clock.advance(Duration.ofSeconds(7139));
        list();
        assertThat(tokens).hasValue(1);
        clock.advance(Duration.ofSeconds(2));
        list();
        assertThat(tokens).hasValue(2);
        assertThat(lastToken()).isEqualTo("Bearer token-2");
    }

    @Test
    void shortLivedTokenIsUsedForHalfOfItsLifetime() {
        tokenBody = "\"token_type\":\"Bearer\",\"expires_in\":60";
        list();
        clock.advance(Duration.ofSeconds(29));
        list();
        assertThat(tokens).hasValue(1);
        clock.advance(Duration.ofSeconds(2));
        list();
        assertThat(tokens).hasValue(2);
    }

    @Test
    void tokenWithoutExpiryHasTheDefaultLifetime() {
        tokenBody = "\"token_type\":\"Bearer\"";
        list();
        clock.advance(Duration.ofMinutes(110));
        list();
        assertThat(tokens).hasValue(1);
        clock.advance(Duration.ofMinutes(20));
        list();
        assertThat(tokens).hasValue(2);
    }

    @Test
    void refusedTokenIsReplacedOnce() {
        list();
        refusedToken = "Bearer token-1";
        list();
        assertThat(tokens).hasValue(2);
        assertThat(lastToken()).isEqualTo("Bearer token-2");
    }

    @Test
    void requestIsNotSentAThirdTime() {
        refusedToken = "Bearer token-";
        assertFails(FailureReason.AUTH_FAILED);
        assertThat(tokens).hasValue(2);
        assertThat(server.requests()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "400, AUTH_FAILED",
        "401, AUTH_FAILED",
        "403, AUTH_FAILED",
        "404, AUTH_FAILED",
        "429, RATE_LIMITED",
        "500, SERVER_ERROR",
        "503, UNAVAILABLE",
        "200, INVALID_RESPONSE"
    })
    void requestFailsWithoutATokenAndTheNextOneRequestsItAgain(int status, FailureReason reason) {
        tokenFailure = Reply.json(status, "{\"error\":\"invalid_client\"}");
        assertFails(reason);
        assertThat(server.requests()).hasSize(1);
        tokenFailure = null;
        clock.advance(Duration.ofSeconds(2));
        assertThat(list()).hasSize(1);
    }

    @Test
    void refusedCredentialsAreNotSentWithEachRequest() {
        tokenFailure = Reply.json(401, "{\"error\":\"invalid_client\"}");
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            tokens.set(0);
            for (int i = 0; i < 10; i++) {
                assertFails(FailureReason.AUTH_FAILED);
            }
            clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertFails(FailureReason.AUTH_FAILED);
            assertThat(tokens).hasValue(1);
            clock.advance(Duration.ofMillis(1));
        }
        tokenFailure = null;
        assertThat(list()).hasSize(1);
    }

    @Test
    void tokenThatIsRefusedWith403IsReplacedOnce() {
        list();
        refusedToken = "Bearer token-1";
        refusal = Reply.status(403, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""));
        list();
        assertThat(tokens).hasValue(2);
        refusedToken = "Bearer token-";
        refusal = Reply.status(403, Map.of("WWW-Authenticate", "Bearer error=\"insufficient_scope\""));
        assertFails(FailureReason.FORBIDDEN);
        assertThat(tokens).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"scope\":[\"tags.read\"]",
                "\"token_type\":null",
                "\"token_type\":{}",
                "\"expires_in\":null",
                "\"expires_in\":\"3600\"",
                "\"expires_in\":3600.0",
                "\"expires_in\":-1",
                "\"expires_in\":[1]"
            })
    void tokenIsReadFromResponsesWithUnknownMembers(String members) {
        tokenBody = members;
        tokenType = "text/plain";
        assertThat(list()).hasSize(1);
        assertThat(lastToken()).isEqualTo("Bearer token-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\r\\nb", "a b", "\\u00e9", " ", ""})
    void tokenThatCannotBeSentIsNotKept(String token) {
        tokenFailure = Reply.json("{\"access_token\":\"" + token + "\",\"expires_in\":7200}");
        assertFails(FailureReason.INVALID_RESPONSE);
        tokenFailure = null;
        assertThat(list()).hasSize(1);
    }

    @Test
    void whiteSpaceAroundATokenIsNotSent() {
        tokenFailure = Reply.json("{\"access_token\":\" token\\n\",\"expires_in\":7200}");
        assertThat(list()).hasSize(1);
        assertThat(lastToken()).isEqualTo("Bearer token");
    }

    @Test
    void tokenEndpointThatCannotBeReachedIsUnavailable() {
        server.close();
        assertFails(FailureReason.UNAVAILABLE);
    }

    @Test
    void fixedTokenIsSentUnchanged() {
        CallSource fixed = calls(properties("fixed", "", ""));
        SourceAssertions.require(fixed.listTags("1"));
        assertThat(lastToken()).isEqualTo("Bearer fixed");
        assertThat(tokens).hasValue(0);
    }

    @Test
    void noSourcesAreOpenedWithoutCredentials() {
        SipsimProperties none = properties("", "", "");
        assertThat(none.configured()).isFalse();
        VendorAccount account = factory.open(kit.settings(none));
        assertThat(account.ports()).isEqualTo(new PortSet(null, null, null, List.of(), null));
        assertThat(account.profile().origin()).isEqualTo(Origin.NONE);
        for (Origin origin : List.of(Origin.SANDBOX, Origin.LIVE)) {
            assertThat(factory.open(kit.settings(properties("x", "", ""), origin))
                            .profile()
                            .origin())
                    .isEqualTo(origin);
        }
    }

    @Test
    void neitherTokenNorSecretIsEverLogged(CapturedOutput log) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        root.setLevel(Level.TRACE);
        try {
            tokenBody = "\"token_type\":\"Bearer\",\"scope\":[\"tags.read\"],\"expires_in\":\"7200\"";
            assertThat(list()).hasSize(1);
        } finally {
            root.setLevel(level);
        }
        assertThat(log.getAll()).contains("/oauth/token").doesNotContain("token-1", "client_secret=secret");
    }

    @Test
    void incompleteOrConflictingCredentialsAreRefused() {
        assertThatThrownBy(() -> properties("x", "client", "secret")).hasMessageContaining("not both");
        assertThatThrownBy(() -> properties("", "client", "")).hasMessageContaining("without SIPSIM_CLIENT_SECRET");
        assertThatThrownBy(() -> properties("", "", "secret")).hasMessageContaining("without SIPSIM_CLIENT_ID");
    }

    private SipsimProperties properties(String token, String clientId, String secret) {
        return new SipsimProperties(
                true,
                server.baseUrl() + "//",
                false,
                Secret.of(token),
                clientId,
                Secret.of(secret),
                "",
                Secret.of(""),
                "tags.read calls.read",
                UpstreamFixture.settings(UpstreamFixture.PATIENCE).limits(),
                UpstreamFixture.settings(UpstreamFixture.PATIENCE).retry(),
                UpstreamFixture.settings(UpstreamFixture.PATIENCE).circuit());
    }

    private CallSource calls(SipsimProperties properties) {
        return Objects.requireNonNull(
                factory.open(kit.settings(properties)).ports().calls());
    }

    private Reply token() {
        int number = tokens.incrementAndGet();
        Reply failure = tokenFailure;
        return failure != null
                ? failure
                : new Reply(
                        200,
                        Map.of("Content-Type", tokenType),
                        "{\"access_token\":\"token-%d\",%s}"
                                .formatted(number, tokenBody)
                                .getBytes(StandardCharsets.UTF_8));
    }

    private Reply list(Received request) {
        String token = String.valueOf(request.headers().get("authorization"));
        return token.startsWith(refusedToken)
                ? refusal
                : Reply.json("{\"status\":200,\"data\":[{\"id\":1,\"name\":\"VIP\"}]}");
    }

    private List<Tag> list() {
        return SourceAssertions.require(calls.listTags("1"));
    }

    private String lastToken() {
        List<Received> requests = server.requests();
        return String.valueOf(requests.getLast().headers().get("authorization"));
    }

    private void assertFails(FailureReason reason) {
        TestOperation.verify(calls.listTags("1"))
                .verifyErrorSatisfies(error -> assertThat(error).hasFieldOrPropertyWithValue("reason", reason));
    }
}
