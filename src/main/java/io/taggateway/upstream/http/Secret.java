package io.taggateway.upstream.http;

/**
 * A credential, which is masked in logs and messages.
 *
 * @param value the unmasked value
 */
public record Secret(String value) {

    /** Checks that the credential can be sent in a header. */
    public Secret {
        if (!isHeaderValue(value)) {
            throw new IllegalArgumentException(
                    "A credential contains spaces, line breaks or other characters that are not allowed");
        }
    }

    /** Whether a credential has only characters that can be sent in a header. */
    static boolean isHeaderValue(String value) {
        return value.chars().allMatch(c -> c > ' ' && c <= '~');
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
