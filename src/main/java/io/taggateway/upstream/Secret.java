package io.taggateway.upstream;

/**
 * A credential, which no log and no message shows.
 *
 * @param value in clear
 */
public record Secret(String value) {

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
