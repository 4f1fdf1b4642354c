package io.taggateway.access.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The tag by which a caller can tell whether it has a body already. */
final class BodyTag {

    private static final int LENGTH = 16;

    private BodyTag() {}

    /** Weak, as the same body may go out compressed. */
    static String of(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return new ETag(HexFormat.of().formatHex(Arrays.copyOf(hash, LENGTH)), true).formattedTag();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Whether a caller has whatever there is; the framework compares tags, but does not know {@code *}. */
    static boolean isAnyKnown(ServerRequest request) {
        return request.headers().header(HttpHeaders.IF_NONE_MATCH).stream()
                .flatMap(value -> ETag.parse(value).stream())
                .anyMatch(ETag::isWildcard);
    }
}
