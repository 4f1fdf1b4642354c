package io.taggateway.tagging.model;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of a tag, call or contact across vendors, written {@code <vendor>:<type>:<remote id, percent-encoded>}.
 *
 * @param remoteId the vendor's own id, decoded; an opaque text of 1 to 512 characters
 */
public record GlobalId(Vendor vendor, NodeType type, String remoteId) implements NodeId {

    private static final int MAX_LENGTH = 512;
    private static final String UNRESERVED = "-._~";
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?:^|[/\\\\])\\.{1,2}(?:[/\\\\;]|$)");
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    /**
     * Reads an id as clients send it.
     *
     * @throws BadInputException if it is malformed
     */
    public static GlobalId parse(String text) {
        String[] parts = text.split(":", 3);
        Vendor vendor = Vendor.ofPrefix(parts[0]);
        NodeType type = parts.length == 3 ? NodeType.ofWord(parts[1]) : null;
        String remoteId = type == null ? null : decode(parts[2]);
        if (vendor == null || type == null || remoteId == null) {
            throw new BadInputException(
                    "`" + BadInputException.excerpt(text) + "` is no id; an id looks like `sipsim:tag:1`.");
        }
        return new GlobalId(vendor, type, remoteId);
    }

    /**
     * Reads the id of an object of a known type.
     *
     * @throws BadInputException if it is malformed or the id of something else
     */
    public static GlobalId parse(String text, NodeType expected) {
        GlobalId id = parse(text);
        if (id.type != expected) {
            throw id.unexpected(text, expected.word());
        }
        return id;
    }

    /**
     * Reads the id of a call or contact.
     *
     * @throws BadInputException if it is malformed or the id of a tag
     */
    public static GlobalId parseSubject(String text) {
        GlobalId id = parse(text);
        if (id.type == NodeType.TAG) {
            throw id.unexpected(text, "call or contact");
        }
        return id;
    }

    private BadInputException unexpected(String text, String required) {
        return new BadInputException("`" + BadInputException.excerpt(text) + "` is the id of a " + type.word()
                + ", but the id of a " + required + " is required.");
    }

    /** The id of an object as clients see it. */
    public static String of(Vendor vendor, NodeType type, String remoteId) {
        StringBuilder text = new StringBuilder(48);
        text.append(vendor.prefix()).append(':').append(type.word()).append(':');
        encode(remoteId, text);
        return text.toString();
    }

    /** Whether a vendor's id can be part of an id that {@link #parse} reads. */
    public static boolean isRemoteId(String remoteId) {
        StringBuilder encoded = new StringBuilder();
        encode(remoteId, encoded);
        return remoteId.equals(decode(encoded.toString()));
    }

    @Override
    public String toString() {
        return of(vendor, type, remoteId);
    }

    /** Most ids need no encoding, and appending them as a whole takes a fraction of the time. */
    static void encode(String remoteId, StringBuilder text) {
        if (isUnreserved(remoteId)) {
            text.append(remoteId);
            return;
        }
        for (byte octet : remoteId.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(octet)) {
                text.append((char) octet);
            } else {
                text.append('%').append(HEX[(octet >> 4) & 0xF]).append(HEX[octet & 0xF]);
            }
        }
    }

    /** The decoded remote id; null if it is malformed or contains a dot segment, which servers remove from a path. */
    static @Nullable String decode(String encoded) {
        if (encoded.isEmpty() || encoded.length() > MAX_LENGTH) {
            return null;
        }
        byte[] octets = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%' && i + 2 < encoded.length() && isHex(encoded, i + 1) && isHex(encoded, i + 2)) {
                octets[length++] = (byte) Integer.parseInt(encoded.substring(i + 1, i + 3), 16);
                i += 2;
            } else if (isUnreserved(c)) {
                octets[length++] = (byte) c;
            } else {
                return null;
            }
        }
        String decoded = new String(octets, 0, length, StandardCharsets.UTF_8);
        boolean printable = decoded.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
        boolean hasDotSegment =
                decoded.indexOf('.') >= 0 && DOT_SEGMENT.matcher(decoded).find();
        return printable && !hasDotSegment ? decoded : null;
    }

    private static boolean isUnreserved(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isUnreserved(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnreserved(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
    }

    private static boolean isHex(String text, int index) {
        return HexFormat.isHexDigit(text.charAt(index));
    }
}
