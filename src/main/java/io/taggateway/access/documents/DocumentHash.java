package io.taggateway.access.documents;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 hash of a document's exact text in UTF-8, which identifies the document.
 *
 * @param hex 64 hexadecimal digits, lower case
 */
public record DocumentHash(String hex) {

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}");

    /**
     * The hash of a text; null if the text contains an unpaired surrogate, as several such texts have the same bytes.
     */
    public static @Nullable DocumentHash of(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return new DocumentHash(HexFormat.of().formatHex(digest.digest()));
        } catch (CharacterCodingException e) {
            return null;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Parses a hash in hexadecimal digits of any case; null if it is malformed. */
    static @Nullable DocumentHash parse(String text) {
        return FORM.matcher(text).matches() ? new DocumentHash(text.toLowerCase(Locale.ROOT)) : null;
    }
}
