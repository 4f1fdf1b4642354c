package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.BadInputException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads cursors: opaque texts that contain everything needed to continue reading, so that they are valid
 * after a restart and at every replica. A cursor consists of fields with their lengths and an HMAC of these, encoded as
 * base64url. Consistency tokens are signed with the same key.
 */
public final class CursorCodec {

    /** The maximum length of a cursor. */
    static final int MAX_LENGTH = 4096;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte VERSION = 2;

    /** The first octet of what the HMAC of a token is computed from, which no cursor has. */
    private static final byte TOKEN = 0;

    private static final char SEPARATOR = '.';
    private static final int MAC_BYTES = 16;

    private final SecretKeySpec key;

    /**
     * Creates a codec for the cursors of one tenant.
     *
     * @param key not empty; cursors that were written with another key are refused
     */
    public CursorCodec(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Writes fields, each of which may be null. */
    String write(List<@Nullable String> fields) {
        List<byte[]> encoded = new ArrayList<>();
        int size = 1 + MAC_BYTES;
        for (String field : fields) {
            byte[] octets = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
            encoded.add(octets);
            size += Integer.BYTES + octets.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size).put(VERSION);
        for (int i = 0; i < fields.size(); i++) {
            buffer.putInt(fields.get(i) == null ? -1 : encoded.get(i).length).put(encoded.get(i));
        }
        buffer.put(mac(buffer.array(), buffer.position()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /**
     * Reads the fields of a cursor, whose length and HMAC are checked first.
     *
     * @throws BadInputException if it is not valid
     */
    List<@Nullable String> read(String cursor) {
        if (cursor.length() > MAX_LENGTH) {
            throw malformed(cursor);
        }
        try {
            byte[] octets = Base64.getUrlDecoder().decode(cursor);
            int end = octets.length - MAC_BYTES;
            if (end < 1
                    || !MessageDigest.isEqual(mac(octets, end), Arrays.copyOfRange(octets, end, octets.length))
                    || octets[0] != VERSION) {
                throw malformed(cursor);
            }
            ByteBuffer buffer = ByteBuffer.wrap(octets, 1, end - 1);
            List<@Nullable String> fields = new ArrayList<>();
            while (buffer.hasRemaining()) {
                fields.add(readField(buffer));
            }
            return fields;
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw malformed(cursor);
        }
    }

    /** A token, followed by its HMAC. */
    public String sign(String token) {
        byte[] octets = token.getBytes(StandardCharsets.UTF_8);
        byte[] signed =
                ByteBuffer.allocate(1 + octets.length).put(TOKEN).put(octets).array();
        return token + SEPARATOR + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(signed, signed.length));
    }

    /** The token that was signed with this key; null for any other text. */
    public @Nullable String verify(String text) {
        int end = text.lastIndexOf(SEPARATOR);
        if (end < 0 || text.length() > MAX_LENGTH) {
            return null;
        }
        String token = text.substring(0, end);
        boolean signed = MessageDigest.isEqual(
                sign(token).getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
        return signed ? token : null;
    }

    static BadInputException malformed(String cursor) {
        return new BadInputException("`" + BadInputException.excerpt(cursor)
                + "` is no cursor of this list; take one from its `edges` or `pageInfo`.");
    }

    private static @Nullable String readField(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0) {
            return null;
        }
        byte[] octets = new byte[Math.min(length, buffer.remaining() + 1)];
        buffer.get(octets);
        return new String(octets, StandardCharsets.UTF_8);
    }

    private byte[] mac(byte[] octets, int length) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(octets, 0, length);
            return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
