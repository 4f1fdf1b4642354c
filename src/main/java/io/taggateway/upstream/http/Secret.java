package io.taggateway.upstream.http;

/**
 * A credential, which is masked in logs and messages.
 *
 * @param value the unmasked value
 */
public record Secret(String value) {

    /** Checks that the credential can be sent in a header. */
    public Secret {
        if (value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException(
                    "A credential contains spaces, line breaks or other characters that are not allowed");
        }
    }

    /** A credential from a configuration property. */
    public static Secret of(String value) {
        return new Secret(value.strip());
    }

    /** Whether it is not empty. */
    public boolean isSet() {
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        return isSet() ? "***" : "";
    }
}
