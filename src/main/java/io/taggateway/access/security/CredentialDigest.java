package io.taggateway.access.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The SHA-256 digest of a credential, which is the key for lookups. Digests are compared in constant time. */
final class CredentialDigest {

    private static final MessageDigest SHA_256 = sha256();
    private static final int LENGTH = 32;

    private final byte[] bytes;

    private CredentialDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    static CredentialDigest of(String credential) {
        try {
            // Cloning avoids a lookup of the provider
            MessageDigest digest = (MessageDigest) SHA_256.clone();
            return new CredentialDigest(digest.digest(credential.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Parses a digest in hex.
     *
     * @throws IllegalArgumentException if it is malformed; the message does not contain it, as it may be the key itself
     */
    static CredentialDigest ofHex(String hex) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hex.strip());
            if (bytes.length == LENGTH) {
                return new CredentialDigest(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw invalidDigest(e);
        }
        throw invalidDigest(null);
    }

    private static IllegalArgumentException invalidDigest(@Nullable Throwable cause) {
        return new IllegalArgumentException("An API key has a sha256 that is not 64 digits in hex", cause);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CredentialDigest digest && MessageDigest.isEqual(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** Omits the digest, which does not belong in logs. */
    @Override
    public String toString() {
        return "CredentialDigest";
    }
}
