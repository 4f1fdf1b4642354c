package io.taggateway.upstream.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Provides the header that authorizes requests to a vendor. */
public interface Credentials {

    /** The header to send; a failure to get it is a {@code SourceException}. */
    Mono<Header> header();

    /**
     * Drops a refused header, so that {@link #header} gets another.
     *
     * @return whether there can be another
     */
    boolean renew(Header refused);

    /** The name and the value of a header. The value is never logged. */
    record Header(String name, String value) {

        @Override
        public String toString() {
            return name + ": ***";
        }
    }

    /** A fixed header. */
    static Credentials fixed(String name, String value) {
        return new Credentials() {
            @Override
            public Mono<Header> header() {
                return Mono.just(new Header(name, value));
            }

            @Override
            public boolean renew(Header refused) {
                return false;
            }
        };
    }

    /** Stores access tokens for the other replicas, so that one request for a token serves all of them. */
    interface TokenStore {

        /**
         * The token of a client that is stored, or the result of a request, which is stored. While another replica
         * requests it, this waits for its result, within a time limit.
         *
         * @param refused the value of a token that the vendor has refused; null if there is none
         * @param request requests a token from the vendor; may be subscribed to once
         */
        Mono<StoredToken> get(
                ClientCredentialsTokens.Client client, @Nullable String refused, Mono<StoredToken> request);

        /** Stores nothing. */
        static TokenStore none() {
            return (client, refused, request) -> request;
        }

        /**
         * An access token.
         *
         * @param lifetime for how long it is to be used
         */
        record StoredToken(String value, Duration lifetime) {

            @Override
            public String toString() {
                return "StoredToken[***]";
            }
        }
    }
}
