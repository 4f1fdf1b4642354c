package io.taggateway.upstream.http;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
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

    private static final Duration EARLY = Duration.ofMinutes(1);
    private static final Duration SHORTEST_REFUSAL = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 6;

    private final Client client;
    private final UpstreamTransport http;
    private final Vendor vendor;
    private final Duration limit;
    private final Clock clock;
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicReference<@Nullable Flight> current = new AtomicReference<>();

    ClientCredentialsTokens(Client client, UpstreamTransport http, Vendor vendor, Duration limit, Clock clock) {
        this.client = client;
        this.http = http;
        this.vendor = vendor;
        this.limit = limit;
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

    private Mono<Token> request() {
        ErrorDecoder errors = new ErrorDecoder(vendor, clock);
        URI uri = URI.create(client.tokenUrl());
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", client.id());
        form.put("client_secret", client.secret().value());
        form.put("scope", client.scope());
        UpstreamTransport.Request request = new UpstreamTransport.Request(
                HttpMethod.POST, uri.getPath(), uri, null, UpstreamTransport.Body.form(form), false, false);
        return http.send(request, () -> {})
                .flatMap(response -> response.is2xx() ? read(response) : Mono.error(errors.decode(response, uri)))
                .timeout(limit)
                .onErrorMap(errors::decode)
                .onErrorMap(SourceException.class, this::refused);
    }

    private Mono<Token> read(UpstreamResponse response) {
        VendorJson json = response.json();
        String token = json == null ? null : json.text("access_token");
        return json == null || token == null || token.isEmpty()
                ? Mono.error(SourceException.of(vendor, FailureReason.INVALID_RESPONSE))
                : Mono.just(token(token, json.integer("expires_in")));
    }

    private Token token(String token, @Nullable Integer expiresIn) {
        Duration lifetime =
                expiresIn == null || expiresIn <= 1 ? client.usualLifetime() : Duration.ofSeconds(expiresIn);
        Duration early = EARLY.compareTo(lifetime.dividedBy(2)) < 0 ? EARLY : lifetime.dividedBy(2);
        return new Token(
                new Header("Authorization", "Bearer " + token),
                clock.instant().plus(lifetime).minus(early));
    }

    /** Every rejection by the token endpoint counts as refused credentials, whatever its status. */
    private SourceException refused(SourceException failure) {
        return switch (failure.reason()) {
            case REJECTED_INPUT, NOT_FOUND, FORBIDDEN -> SourceException.of(vendor, FailureReason.AUTH_FAILED);
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
                request().doOnNext(this::landed).doOnError(this::failed).cache();
        private volatile @Nullable Token landed;
        private volatile @Nullable Instant end;

        boolean isOver() {
            Instant until = end;
            return until != null && !clock.instant().isBefore(until);
        }

        boolean carries(Header header) {
            Token token = landed;
            return token != null && token.header().equals(header);
        }

        private void landed(Token token) {
            refusals.set(0);
            landed = token;
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
