package io.taggateway.access.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/** The entity tag of a response, by which a caller can say that it has the body already. */
final class EntityTag {

    private static final int LENGTH = 16;

    private EntityTag() {}

    /** Weak, as the same body may go out compressed. */
    static ETag of(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return new ETag(HexFormat.of().formatHex(hash, 0, LENGTH), true);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Whether a caller has the body of a tag, or whatever there is. */
    static boolean isKnown(ETag tag, HttpHeaders headers) {
        for (String value : headers.getOrEmpty(HttpHeaders.IF_NONE_MATCH)) {
            for (ETag known : ETag.parse(value)) {
                if (known.isWildcard() || known.compare(tag, false)) {
                    return true;
                }
            }
        }
        return false;
    }
}
