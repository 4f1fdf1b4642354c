package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.http.Credentials;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.ReactiveOAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import reactor.core.publisher.Mono;

/**
 * SIPSIM's access tokens by OAuth client credentials: one request for all that wait, renewed before they expire, as
 * there are no refresh tokens.
 */
final class SipsimTokens implements Credentials {

    private static final Duration EARLY = Duration.ofMinutes(1);

    /** What the vendor documents; Spring reads an answer without {@code expires_in} as one second. */
    private static final Duration USUAL_LIFETIME = Duration.ofHours(2);

    private final ReactiveOAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> tokenClient;
    private final ClientRegistration registration;
    private final Duration limit;
    private final Clock clock;
    private final AtomicReference<@Nullable Flight> current = new AtomicReference<>();

    SipsimTokens(
            ReactiveOAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> tokenClient,
            ClientRegistration registration,
            Duration limit,
            Clock clock) {
        this.limit = limit;
        this.tokenClient = tokenClient;
        this.registration = registration;
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

    private Token token(OAuth2AccessToken token) {
        Instant now = clock.instant();
        Instant issued = token.getIssuedAt();
        Instant expires = token.getExpiresAt();
        Duration lifetime = issued == null || expires == null ? USUAL_LIFETIME : Duration.between(issued, expires);
        if (lifetime.compareTo(Duration.ofSeconds(1)) <= 0) {
            lifetime = USUAL_LIFETIME;
        }
        Duration early = EARLY.compareTo(lifetime.dividedBy(2)) < 0 ? EARLY : lifetime.dividedBy(2);
        return new Token(
                new Header("Authorization", "Bearer " + token.getTokenValue()),
                now.plus(lifetime).minus(early));
    }

    /** What the token endpoint refuses are the credentials, whatever status it says so with. */
    private static Throwable decode(Throwable error) {
        if (!(error instanceof SourceException failure)) {
            return SourceException.of(Vendor.SIPSIM, FailureReason.INVALID_RESPONSE);
        }
        return switch (failure.reason()) {
            case REJECTED_INPUT, NOT_FOUND, FORBIDDEN -> SourceException.of(Vendor.SIPSIM, FailureReason.AUTH_FAILED);
            default -> failure;
        };
    }

    private record Token(Header header, Instant renewAt) {}

    /** One request for a token and what it brought; a failed one is forgotten at once. */
    private final class Flight {

        private final Mono<Token> token = Mono.defer(
                        () -> tokenClient.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(registration)))
                .timeout(limit, Mono.error(() -> SourceException.of(Vendor.SIPSIM, FailureReason.TIMEOUT)))
                .map(response -> token(response.getAccessToken()))
                .onErrorMap(SipsimTokens::decode)
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
