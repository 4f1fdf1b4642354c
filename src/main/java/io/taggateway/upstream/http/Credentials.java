package io.taggateway.upstream.http;

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

    /** A header's name and value, which no log shows. */
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
}
