package io.taggateway.cluster.redis;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Redis is available, by the results of the checks since the last one that succeeded. */
final class RedisAvailability {

    private static final Logger LOG = LoggerFactory.getLogger(RedisAvailability.class);

    /** Six late responses, or two failed checks, as this JVM or Redis may pause. */
    private static final int LIMIT = 6;

    private static final int LATE = 1;
    private static final int FAILED = 3;

    private final Duration timeout;
    private volatile boolean available;
    private int missed = LIMIT;
    private boolean reported;

    /**
     * Redis is not available yet.
     *
     * @param timeout time limit of a command
     */
    RedisAvailability(Duration timeout) {
        this.timeout = timeout;
    }

    boolean isAvailable() {
        return available;
    }

    /** A check has a response. One that comes after the time limit of commands means that none can be used. */
    void responded(Duration elapsed) {
        if (elapsed.compareTo(timeout) > 0) {
            missed(LATE, "a response took " + elapsed.toMillis() + " ms, which is longer than GATEWAY_CLUSTER_TIMEOUT");
        } else {
            succeeded();
        }
    }

    void succeeded() {
        missed = 0;
        if (!available) {
            available = true;
            reported = false;
            LOG.info("Redis is available.");
        }
    }

    void failed(Throwable error) {
        missed(FAILED, RedisRefusal.cause(error));
    }

    private void missed(int weight, String reason) {
        missed = Math.min(LIMIT, missed + weight);
        if (missed == LIMIT) {
            available = false;
            if (!reported) {
                reported = true;
                LOG.warn("Redis is not available: {}", reason);
            }
        }
    }

    /** The connection is closed, so that no command can be sent. */
    void end() {
        available = false;
    }
}
