package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.BadInputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list as an opaque text, which holds all that is needed to read on and so survives restarts: a few fields
 * with their lengths, a checksum against truncation, and base64url around it.
 */
final class Cursor {

    private static final byte VERSION = 1;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private Cursor() {}

    /** Writes fields, each of which may be null. */
    static String write(List<@Nullable String> fields) {
        List<byte[]> encoded = new ArrayList<>();
        int size = 1 + CHECKSUM_BYTES;
        for (String field : fields) {
            byte[] octets = field == null ? null : field.getBytes(StandardCharsets.UTF_8);
            encoded.add(octets == null ? new byte[0] : octets);
            size += Integer.BYTES + (octets == null ? 0 : octets.length);
        }
        ByteBuffer buffer = ByteBuffer.allocate(size).put(VERSION);
        for (int i = 0; i < fields.size(); i++) {
            buffer.putInt(fields.get(i) == null ? -1 : encoded.get(i).length).put(encoded.get(i));
        }
        buffer.putInt(checksum(buffer.array(), buffer.position()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /**
     * Reads the fields of a cursor.
     *
     * @throws BadInputException if it is none, or has another number of fields
     */
    static List<@Nullable String> read(String cursor, int fieldCount) {
        List<@Nullable String> fields = read(cursor);
        if (fields.size() != fieldCount) {
            throw malformed(cursor);
        }
        return fields;
    }

    /**
     * Reads the fields of a cursor, however many it has.
     *
     * @throws BadInputException if it is none
     */
    static List<@Nullable String> read(String cursor) {
        try {
            byte[] octets = Base64.getUrlDecoder().decode(cursor);
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            int end = octets.length - CHECKSUM_BYTES;
            if (end < 1 || buffer.get() != VERSION || buffer.getInt(end) != checksum(octets, end)) {
                throw malformed(cursor);
            }
            buffer.limit(end);
            List<@Nullable String> fields = new ArrayList<>();
            while (buffer.hasRemaining()) {
                fields.add(readField(buffer));
            }
            return fields;
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
            throw malformed(cursor);
        }
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
        if (length > buffer.remaining()) {
            throw new IllegalArgumentException("length");
        }
        byte[] octets = new byte[length];
        buffer.get(octets);
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static int checksum(byte[] octets, int length) {
        CRC32 crc = new CRC32();
        crc.update(octets, 0, length);
        return (int) crc.getValue();
    }
}
