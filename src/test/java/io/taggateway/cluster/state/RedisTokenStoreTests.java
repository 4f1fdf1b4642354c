package io.taggateway.cluster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taggateway.cluster.RedisConnectionPair;
import io.taggateway.support.SlowTest;
import io.taggateway.upstream.http.ClientCredentialsTokens.Client;
import io.taggateway.upstream.http.Credentials.TokenStore;
import io.taggateway.upstream.http.Credentials.TokenStore.StoredToken;
import io.taggateway.upstream.http.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@SlowTest
class RedisTokenStoreTests {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final RedisConnectionPair connections = RedisConnectionPair.open();
    private final TokenStore first = new RedisTokenStore(connections.first());
    private final TokenStore second = new RedisTokenStore(connections.second());
    private final AtomicInteger requests = new AtomicInteger();

    @AfterEach
    void close() {
        connections.close();
    }

    private static Client client(String secret) {
        return new Client("https://vendor.example/token", "id", new Secret(secret), "tags", LIFETIME);
    }

    private Mono<StoredToken> request() {
        return Mono.fromSupplier(() -> new StoredToken("token-" + requests.incrementAndGet(), LIFETIME));
    }

    private static String value(TokenStore store, String secret, String refused, Mono<StoredToken> request) {
        StoredToken token = Objects.requireNonNull(
                store.get(client(secret), refused, request).block());
        assertThat(token.lifetime()).isBetween(LIFETIME.dividedBy(2), LIFETIME);
        return token.value();
    }

    @Test
    void tokenOfOneReplicaIsFoundByTheOther() {
        assertThat(value(first, "secret", "", request())).isEqualTo("token-1");
        assertThat(value(second, "secret", "", request())).isEqualTo("token-1");
    }

    @Test
    void tokenIsRequestedOnceWhenBothReplicasNeedIt() {
        Sinks.One<Boolean> response = Sinks.one();
        Mono<StoredToken> slow = response.asMono().then(request());
        List<String> values = Flux.merge(
                        first.get(client("secret"), null, slow),
                        second.get(client("secret"), null, slow),
                        Mono.delay(Duration.ofMillis(100))
                                .doOnNext(tick -> response.tryEmitValue(true))
                                .then(Mono.<StoredToken>empty()))
                .map(StoredToken::value)
                .collectList()
                .block();
        assertThat(values).containsExactly("token-1", "token-1");
    }

    @Test
    void refusedTokenIsReplaced() {
        assertThat(value(first, "secret", "", request())).isEqualTo("token-1");
        assertThat(value(second, "secret", "token-1", request())).isEqualTo("token-2");
        assertThat(value(first, "secret", "token-1", request())).isEqualTo("token-2");
    }

    @Test
    void tokenIsNotFoundWithAnotherSecret() {
        assertThat(value(first, "secret", "", request())).isEqualTo("token-1");
        assertThat(value(second, "other", "", request())).isEqualTo("token-2");
    }

    @Test
    void failureIsReturnedAndTheOtherReplicaRequests() {
        assertThatThrownBy(() -> first.get(client("secret"), null, Mono.error(new IllegalStateException("refused")))
                        .block())
                .hasMessage("refused");
        assertThat(value(second, "secret", "", request())).isEqualTo("token-1");
    }

    @Test
    void claimOfAnotherReplicaIsNotReleased() {
        Sinks.One<Boolean> answer = Sinks.one();
        CompletableFuture<@Nullable StoredToken> late = first.get(
                        client("secret"), null, answer.asMono().then(request()))
                .toFuture();
        String claim = await().until(this::claim, Objects::nonNull);
        byte[] other = {1};
        connections.first().command(commands -> commands.set(claim, other)).block();
        answer.tryEmitValue(true);
        late.join();
        assertThat(connections.first().command(commands -> commands.get(claim)).block())
                .isEqualTo(other);
    }

    @Test
    void claimIsReleasedWhenTheRequestIsCancelled() {
        Disposable cancelled = first.get(client("secret"), null, Mono.never()).subscribe();
        await().until(this::claim, Objects::nonNull);
        cancelled.dispose();
        // A claim ends by itself after 5 s
        await().atMost(Duration.ofSeconds(3)).until(() -> claim() == null);
    }

    private @Nullable String claim() {
        return connections
                .second()
                .command(commands -> commands.keys("*:claim").next())
                .block();
    }

    @Test
    void redisHasNoReadableTokenAndNoSecret() {
        value(first, "secret", "", request());
        List<String> keys = connections
                .first()
                .command(commands -> commands.keys("*").collectList())
                .block();
        assertThat(keys).isNotEmpty().noneMatch(key -> key.contains("secret"));
        assertThat(keys).allSatisfy(key -> {
            byte[] value =
                    connections.first().command(commands -> commands.get(key)).block();
            assertThat(new String(value, StandardCharsets.ISO_8859_1)).doesNotContain("token", "secret");
        });
    }

    @Test
    void eachReplicaRequestsATokenWhenRedisIsNotAvailable() {
        connections.server().kill();
        assertThat(value(first, "secret", "", request())).isEqualTo("token-1");
        assertThat(value(second, "secret", "", request())).isEqualTo("token-2");
    }
}
