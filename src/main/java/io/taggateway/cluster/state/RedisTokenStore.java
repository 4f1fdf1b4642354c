package io.taggateway.cluster.state;

import io.lettuce.core.SetArgs;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisScript;
import io.taggateway.upstream.http.ClientCredentialsTokens.Client;
import io.taggateway.upstream.http.Credentials.TokenStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Stores encrypted tokens in Redis. One replica requests a token, while the others poll Redis for it. While Redis is
 * not available, each replica requests its own.
 */
final class RedisTokenStore implements TokenStore {

    /** The time for which a replica may request a token. */
    private static final Duration CLAIM = Duration.ofSeconds(5);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final int MAX_POLLS = 100;

    private final RedisConnection redis;

    RedisTokenStore(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public Mono<StoredToken> get(Client client, @Nullable String refused, Mono<StoredToken> request) {
        return Mono.defer(() -> {
            TokenCipher cipher = new TokenCipher(client);
            Search search = new Search(
                    cipher,
                    redis.key("token:{" + cipher.id() + "}"),
                    refused,
                    UUID.randomUUID().toString());
            return find(search)
                    .switchIfEmpty(Mono.defer(() -> claimOrWait(search, MAX_POLLS)))
                    .map(Found::new)
                    .onErrorResume(Exception.class, withoutRedis -> Mono.just(new Found(null)))
                    .defaultIfEmpty(new Found(null))
                    .flatMap(found -> found.token == null ? request(search, request) : Mono.just(found.token))
                    .doOnCancel(() -> release(search).subscribe());
        });
    }

    /** The stored token; empty if this replica must request one, as no other replica does. */
    private Mono<StoredToken> claimOrWait(Search search, int polls) {
        return redis.command(commands -> commands.set(
                        search.claimKey(), search.claim(), SetArgs.Builder.nx().px(CLAIM)))
                .hasElement()
                .flatMap(claimed -> claimed
                        // Another replica may have stored a token before its claim ended
                        ? find(search).flatMap(token -> release(search).thenReturn(token))
                        : find(search).switchIfEmpty(Mono.defer(() -> waitLonger(search, polls))));
    }

    private Mono<StoredToken> waitLonger(Search search, int polls) {
        return polls == 0
                ? Mono.empty()
                : Mono.delay(POLL_INTERVAL).then(Mono.defer(() -> claimOrWait(search, polls - 1)));
    }

    private Mono<StoredToken> find(Search search) {
        return redis.command(commands -> commands.get(search.key))
                .mapNotNull(search.cipher::decrypt)
                .filter(token -> !token.equals(search.refused))
                .flatMap(token -> redis.command(commands -> commands.pttl(search.key))
                        .filter(millis -> millis > 0)
                        .map(millis -> new StoredToken(token, Duration.ofMillis(millis))));
    }

    private Mono<StoredToken> request(Search search, Mono<StoredToken> request) {
        return request.flatMap(token -> redis.command(commands -> commands.set(
                                search.key, search.cipher.encrypt(token.value()), SetArgs.Builder.px(token.lifetime())))
                        .onErrorComplete(Exception.class)
                        .then(release(search))
                        .thenReturn(token))
                .onErrorResume(error -> release(search).then(Mono.error(error)));
    }

    /** Another replica has the claim if the request took longer than the claim. */
    private Mono<Void> release(Search search) {
        return redis.command(RedisScript.DELETE_IF_EQUAL.with(List.of(search.claimKey()), search.claim()))
                .onErrorComplete(Exception.class)
                .then();
    }

    /**
     * A search for a token.
     *
     * @param refused the token that is not accepted
     * @param claimant the value of a claim of this search
     */
    private record Search(
            TokenCipher cipher, String key, @Nullable String refused, String claimant) {

        byte[] claim() {
            return claimant.getBytes(StandardCharsets.US_ASCII);
        }

        String claimKey() {
            return key + ":claim";
        }
    }

    private record Found(@Nullable StoredToken token) {}
}
