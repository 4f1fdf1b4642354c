package io.taggateway.upstream.http;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.http.Credentials.TokenStore.StoredToken;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * Access tokens by OAuth client credentials: one request for all callers that wait, and a new token before the present
 * one expires. Only two members of the response are read.
 */
public final class ClientCredentialsTokens implements Credentials {

    private static final String SCHEME = "Bearer ";
    private static final Duration EARLY = Duration.ofMinutes(1);
    private static final Duration SHORTEST_REFUSAL = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 6;

    private final Client client;
    private final Endpoint endpoint;
    private final TokenStore store;
    private final Clock clock;
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicReference<@Nullable Flight> current = new AtomicReference<>();
    private volatile @Nullable String refused;

    ClientCredentialsTokens(Client client, Endpoint endpoint, TokenStore store, Clock clock) {
        this.client = client;
        this.endpoint = endpoint;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Mono<Header> header() {
        return Mono.defer(() -> flight().token.map(Token::header));
    }

    @Override
    public boolean renew(Header refused) {
        Flight flight = current.get();
        if (flight != null && flight.carries(refused)) {
            this.refused = refused.value().substring(SCHEME.length());
            current.compareAndSet(flight, null);
        }
        return true;
    }

    private Flight flight() {
        while (true) {
            Flight running = current.get();
            if (running != null && !running.isOver()) {
                return running;
            }
            Flight started = new Flight();
            if (current.compareAndSet(running, started)) {
                return started;
            }
        }
    }

    private Mono<Token> find() {
        return store.get(client, refused, request())
                .map(stored -> new Token(
                        new Header("Authorization", SCHEME + stored.value()),
                        clock.instant().plus(stored.lifetime())));
    }

    private Mono<StoredToken> request() {
        ErrorDecoder errors = new ErrorDecoder(endpoint.vendor(), clock);
        URI uri = URI.create(client.tokenUrl());
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", client.id());
        form.put("client_secret", client.secret().value());
        form.put("scope", client.scope());
        UpstreamTransport.Request request = new UpstreamTransport.Request(
                HttpMethod.POST, uri.getPath(), uri, null, UpstreamRequest.Body.form(form), false, false);
        return endpoint.http()
                .send(request, () -> {})
                .flatMap(response -> response.is2xx() ? read(response) : Mono.error(errors.decode(response, uri)))
                .timeout(endpoint.limit())
                .onErrorMap(errors::decode)
                .onErrorMap(SourceException.class, this::decode);
    }

    private Mono<StoredToken> read(UpstreamResponse response) {
        VendorJson json = response.json();
        String token = json == null ? null : json.text("access_token");
        String stripped = token == null ? "" : token.strip();
        return json == null || stripped.isEmpty() || !Secret.isHeaderValue(stripped)
                ? Mono.error(SourceException.of(endpoint.vendor(), FailureReason.INVALID_RESPONSE))
                : Mono.just(token(stripped, json.integer("expires_in")));
    }

    private StoredToken token(String token, @Nullable Integer expiresIn) {
        Duration lifetime =
                expiresIn == null || expiresIn <= 1 ? client.usualLifetime() : Duration.ofSeconds(expiresIn);
        Duration early = EARLY.compareTo(lifetime.dividedBy(2)) < 0 ? EARLY : lifetime.dividedBy(2);
        return new StoredToken(token, lifetime.minus(early));
    }

    /** Every rejection by the token endpoint counts as refused credentials, whatever its status. */
    private SourceException decode(SourceException failure) {
        return switch (failure.reason()) {
            case REJECTED_INPUT, NOT_FOUND, FORBIDDEN ->
                SourceException.of(endpoint.vendor(), FailureReason.AUTH_FAILED);
            default -> failure;
        };
    }

    /**
     * A client that a vendor has registered.
     *
     * @param scope the requested scopes, separated by spaces
     * @param usualLifetime lifetime of a token if the response does not have it
     */
    public record Client(String tokenUrl, String id, Secret secret, String scope, Duration usualLifetime) {}

    /**
     * The token endpoint.
     *
     * @param limit time limit of a request
     */
    record Endpoint(UpstreamTransport http, Vendor vendor, Duration limit) {}

    private record Token(Header header, Instant renewAt) {

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /**
     * One request for a token and its result. A failure is not cached unless the vendor refused the credentials. That
     * failure is returned for a second, and for twice as long after each further one, up to 64 s.
     */
    private final class Flight {

        private final Mono<Token> token =
                find().doOnNext(this::obtained).doOnError(this::failed).cache();
        private volatile @Nullable Token obtained;
        private volatile @Nullable Instant end;

        boolean isOver() {
            Instant until = end;
            return until != null && !clock.instant().isBefore(until);
        }

        boolean carries(Header header) {
            Token token = obtained;
            return token != null && token.header().equals(header);
        }

        private void obtained(Token token) {
            refusals.set(0);
            obtained = token;
            end = token.renewAt();
        }

        private void failed(Throwable error) {
            if (error instanceof SourceException failure && failure.reason() == FailureReason.AUTH_FAILED) {
                int before = refusals.getAndUpdate(count -> Math.min(count + 1, MAX_DOUBLINGS));
                end = clock.instant().plus(SHORTEST_REFUSAL.multipliedBy(1L << before));
            } else {
                current.compareAndSet(this, null);
            }
        }
    }
}
