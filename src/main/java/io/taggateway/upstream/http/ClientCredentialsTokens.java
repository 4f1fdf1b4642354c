package io.taggateway.upstream.http;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Access tokens by OAuth client credentials: one request for all that wait, and a new token before the present one
 * expires. Of the answer two members are read, whatever the others are.
 */
public final class ClientCredentialsTokens implements Credentials {

    private static final Duration EARLY = Duration.ofMinutes(1);
    private static final byte[] NOTHING = new byte[0];

    private final Client client;
    private final WebClient http;
    private final Vendor vendor;
    private final Duration limit;
    private final Clock clock;
    private final AtomicReference<@Nullable Flight> current = new AtomicReference<>();

    ClientCredentialsTokens(Client client, WebClient http, Vendor vendor, Duration limit, Clock clock) {
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
        return http.post()
                .uri(URI.create(client.tokenUrl()))
                .accept(MediaType.APPLICATION_JSON)
                .body(BodyInserters.fromFormData("grant_type", "client_credentials")
                        .with("client_id", client.id())
                        .with("client_secret", client.secret().value())
                        .with("scope", client.scope()))
                .exchangeToMono(response -> read(response, errors))
                .timeout(limit)
                .onErrorMap(errors::decode)
                .onErrorMap(SourceException.class, this::refused);
    }

    private Mono<Token> read(ClientResponse response, ErrorDecoder errors) {
        if (!response.statusCode().is2xxSuccessful()) {
            SourceException failure =
                    errors.decode(response.statusCode(), response.headers().asHttpHeaders());
            return response.releaseBody().onErrorComplete().then(Mono.error(failure));
        }
        return response.bodyToMono(byte[].class).defaultIfEmpty(NOTHING).flatMap(body -> {
            VendorJson json = VendorJson.parse(body);
            String token = json == null ? null : json.text("access_token");
            return json == null || token == null || token.isEmpty()
                    ? Mono.error(SourceException.of(vendor, FailureReason.INVALID_RESPONSE))
                    : Mono.just(token(token, json.integer("expires_in")));
        });
    }

    private Token token(String token, @Nullable Integer expiresIn) {
        Duration lifetime =
                expiresIn == null || expiresIn <= 1 ? client.usualLifetime() : Duration.ofSeconds(expiresIn);
        Duration early = EARLY.compareTo(lifetime.dividedBy(2)) < 0 ? EARLY : lifetime.dividedBy(2);
        return new Token(
                new Header("Authorization", "Bearer " + token),
                clock.instant().plus(lifetime).minus(early));
    }

    /** What the token endpoint refuses are the credentials, whatever status it says so with. */
    private SourceException refused(SourceException failure) {
        return switch (failure.reason()) {
            case REJECTED_INPUT, NOT_FOUND, FORBIDDEN -> SourceException.of(vendor, FailureReason.AUTH_FAILED);
            default -> failure;
        };
    }

    /**
     * A client that a vendor has registered.
     *
     * @param scope the rights to ask for, separated by spaces
     * @param usualLifetime of a token whose answer does not say how long it lives
     */
    public record Client(String tokenUrl, String id, Secret secret, String scope, Duration usualLifetime) {}

    private record Token(Header header, Instant renewAt) {

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /** One request for a token and what it brought; a failed one is forgotten at once. */
    private final class Flight {

        private final Mono<Token> token = request()
                .doOnNext(landed -> this.landed = landed)
                .doOnError(error -> current.compareAndSet(this, null))
                .cache();
        private volatile @Nullable Token landed;

        boolean isOver() {
            Token token = landed;
            return token != null && !clock.instant().isBefore(token.renewAt());
        }

        boolean carries(Header header) {
            Token token = landed;
            return token != null && token.header().equals(header);
        }
    }
}
