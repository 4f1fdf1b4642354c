package io.taggateway.upstream.http;

/**
 * A credential, which no log and no message shows.
 *
 * @param value in clear
 */
public record Secret(String value) {

    /** Checks that the credential can be sent in a header. */
    public Secret {
        if (value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException(
                    "A credential has spaces, line ends or other characters in it that it cannot have");
        }
    }

    /** A credential out of a configuration property. */
    public static Secret of(String value) {
        return new Secret(value.strip());
    }

    /** Whether there is one. */
    public boolean isSet() {
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        return isSet() ? "***" : "";
    }
}
