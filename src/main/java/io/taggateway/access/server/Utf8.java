package io.taggateway.access.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A strict check of UTF-8 (RFC 3629), which allows neither overlong sequences nor encoded surrogates. Jackson decodes
 * both.
 */
public final class Utf8 {

    /** The first byte of a byte order mark of UTF-16, which UTF-8 never contains. */
    private static final int MARK = 0xFE;

    private Utf8() {}

    /** Whether bytes are valid UTF-8. Those in ASCII, which most requests are, are not decoded. */
    public static boolean isValid(byte[] bytes) {
        return isAscii(bytes) || isDecodable(ByteBuffer.wrap(bytes));
    }

    /** Whether JSON is valid UTF-8, or begins in such a way that Jackson decodes it as UTF-16 or UTF-32. */
    public static boolean isValidJson(byte[] json) {
        return isAscii(json) || isWide(json) || isDecodable(ByteBuffer.wrap(json));
    }

    /** Reads all bytes without a branch, so that the compiler can combine them. */
    private static boolean isAscii(byte[] bytes) {
        int combined = 0;
        for (byte each : bytes) {
            combined |= each;
        }
        return combined >= 0;
    }

    private static boolean isWide(byte[] json) {
        return json.length > 1 && (json[0] == 0 || json[1] == 0 || Byte.toUnsignedInt(json[0]) >= MARK);
    }

    private static boolean isDecodable(ByteBuffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
