package io.taggateway.cluster.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisReadOnlyException;
import io.netty.channel.ConnectTimeoutException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reason why a connection to Redis failed. */
final class RedisRefusal {

    private static final Pattern CREDENTIALS = Pattern.compile("(WRONGPASS|NOAUTH|ERR AUTH|ERR invalid password).*");

    private RedisRefusal() {}

    /** Whether Redis refused the credentials, or needs some. */
    static boolean isCredentials(@Nullable Throwable error) {
        return causes(error)
                .filter(RedisCommandExecutionException.class::isInstance)
                .anyMatch(cause ->
                        CREDENTIALS.matcher(String.valueOf(cause.getMessage())).matches());
    }

    /** Whether Redis refused a write because it is a replica. */
    static boolean isReadOnly(Throwable error) {
        return causes(error).anyMatch(RedisReadOnlyException.class::isInstance);
    }

    /** Whether Redis did not respond in time. */
    static boolean isTimeout(Throwable error) {
        return causes(error)
                .anyMatch(cause ->
                        cause instanceof RedisCommandTimeoutException || cause instanceof ConnectTimeoutException);
    }

    /** The innermost cause, in a line. */
    static String cause(Throwable error) {
        return causes(error).reduce(error, (outer, inner) -> inner).toString();
    }

    /** A failed connection to a cluster has those to its nodes as suppressed ones. */
    private static Stream<Throwable> causes(@Nullable Throwable error) {
        return error == null
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(error),
                        Stream.concat(Stream.of(error.getSuppressed()), Stream.ofNullable(error.getCause()))
                                .filter(Objects::nonNull)
                                .flatMap(RedisRefusal::causes));
    }
}
