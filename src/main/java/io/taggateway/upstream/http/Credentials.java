package io.taggateway.upstream.http;

import reactor.core.publisher.Mono;

/** The header with which requests to a vendor are authorized. */
public interface Credentials {

    /** The header to send; a failure to get it is a {@code SourceException}. */
    Mono<Header> header();

    /**
     * Drops what the vendor has refused, so that {@link #header} gets another.
     *
     * @return whether there may be another at all
     */
    boolean renew(Header refused);

    /** A header's name and value, which no log shows. */
    record Header(String name, String value) {

        @Override
        public String toString() {
            return name + ": ***";
        }
    }

    /** A header that never changes. */
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
