package io.taggateway.cluster.lock;

/** A lock was lost before a write. */
final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;

    LeaseLostException(String key) {
        super("The lock was lost", null, false, false);
        this.key = key;
    }

    String key() {
        return key;
    }
}
