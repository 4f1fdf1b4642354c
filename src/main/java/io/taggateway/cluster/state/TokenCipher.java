package io.taggateway.cluster.state;

import io.taggateway.upstream.http.ClientCredentialsTokens.Client;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Encrypts the tokens of a client with a key that is derived from its secret, which is not stored in Redis. */
final class TokenCipher {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 16;

    private final SecretKeySpec key;
    private final String id;

    TokenCipher(Client client) {
        String name = client.tokenUrl() + '\n' + client.id() + '\n' + client.scope();
        this.key = new SecretKeySpec(derive(client, "tag-gateway token of " + name, KEY_BYTES), "AES");
        this.id = HexFormat.of().formatHex(derive(client, "tag-gateway id of " + name, ID_BYTES));
    }

    /** Identifies the client and its secret, which cannot be computed from it. */
    String id() {
        return id;
    }

    byte[] encrypt(String token) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] text = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(token.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(nonce.length + text.length)
                    .put(nonce)
                    .put(text)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The token; null if it was not encrypted with this key. */
    @Nullable
    String decrypt(byte[] stored) {
        if (stored.length < NONCE_BYTES) {
            return null;
        }
        try {
            byte[] text = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(stored, NONCE_BYTES))
                    .doFinal(stored, NONCE_BYTES, stored.length - NONCE_BYTES);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte[] derive(Client client, String purpose, int bytes) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(client.secret().value().getBytes(StandardCharsets.UTF_8))
                            .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HKDF-SHA256", e);
        }
    }
}
