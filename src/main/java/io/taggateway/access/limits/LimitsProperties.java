package io.taggateway.access.limits;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits for one operation, one caller and one address. Introspection counts only for the tokens, the fragments and its
 * own limit.
 *
 * @param depth the limit on the nesting depth of fields
 * @param aliases the limit on fields with an alias
 * @param rootFields the limit on root fields
 * @param tokens the limit on tokens of the document
 * @param fragments the limit on fragments of the document
 * @param fragmentDepth the limit on fragments that are nested in one another
 * @param cost the limit on objects that the response may contain
 * @param introspection the limit on objects of the schema that the response may contain
 * @param vendorRequests the limit on vendor requests of a query, or of one event of a subscription
 * @param length the maximum lengths of a document and its parts
 * @param responseSize the maximum size of a response, an event of a stream or a message of a WebSocket
 * @param caller the quota of each caller
 * @param callers quotas that replace it for single callers, by name
 * @param tenants quotas that all callers of a tenant share instead, by the tenant's name
 * @param address the quota of one address
 */
@ConfigurationProperties(prefix = "gateway.limits", ignoreUnknownFields = false)
public record LimitsProperties(
        Limit depth,
        Limit aliases,
        Limit rootFields,
        Limit tokens,
        Limit fragments,
        Limit fragmentDepth,
        Limit cost,
        Limit introspection,
        Limit vendorRequests,
        LengthLimit length,
        DataSize responseSize,
        CallerLimit caller,
        @DefaultValue Map<String, Allowance> callers,
        @DefaultValue Map<String, Allowance> tenants,
        AddressLimit address) {

    /**
     * One limit.
     *
     * @param mode what happens to operations over the limit
     * @param max the highest allowed value
     */
    public record Limit(@DefaultValue("enforce") LimitMode mode, int max) {

        /** Checks the number. */
        public Limit {
            if (max < 1) {
                throw new IllegalArgumentException("The max of a limit must be at least 1; its mode can be off");
            }
        }
    }

    /**
     * The maximum lengths of a document and its parts, in characters.
     *
     * @param document the whole document
     * @param name a name or an alias
     * @param number a number
     * @param string a string without its quotes
     */
    public record LengthLimit(int document, int name, int number, int string) {

        /** Checks that all lengths are positive. */
        public LengthLimit {
            if (Math.min(Math.min(document, name), Math.min(number, string)) < 1) {
                throw new IllegalArgumentException("Each of gateway.limits.length must be at least 1");
            }
        }
    }

    /** What happens to operations over a limit. */
    public enum LimitMode {
        /** The limit is not measured. */
        OFF,
        /** They are counted and executed. */
        MEASURE,
        /** They are rejected. */
        ENFORCE
    }

    /**
     * The quota of each caller; 0 means unlimited.
     *
     * @param requestsPerMinute the maximum number of operations a minute
     * @param costPerMinute the maximum cost of these operations a minute, in objects
     * @param maxConnections the maximum number of open WebSockets and event streams
     */
    public record CallerLimit(int requestsPerMinute, int costPerMinute, int maxConnections) {

        /** Checks that no value is negative. */
        public CallerLimit {
            if (Math.min(requestsPerMinute, Math.min(costPerMinute, maxConnections)) < 0) {
                throw new IllegalArgumentException("The values of gateway.limits.caller must not be negative");
            }
        }
    }

    /**
     * The quota of one caller or one tenant; 0 means unlimited, null means the quota of each caller.
     *
     * @param requestsPerMinute the maximum number of operations a minute
     * @param costPerMinute the maximum cost of these operations a minute, in objects
     */
    public record Allowance(
            @Nullable Integer requestsPerMinute, @Nullable Integer costPerMinute) {

        /** Checks that no value is negative. */
        public Allowance {
            if ((requestsPerMinute != null && requestsPerMinute < 0) || (costPerMinute != null && costPerMinute < 0)) {
                throw new IllegalArgumentException(
                        "The values of gateway.limits.callers and gateway.limits.tenants must not be negative");
            }
        }
    }

    /**
     * The quota of one address; 0 means unlimited.
     *
     * @param requestsPerMinute the maximum number of requests a minute
     * @param failedAuthenticationsPerMinute the maximum number of failed authentications a minute; further ones get 429
     */
    public record AddressLimit(int requestsPerMinute, int failedAuthenticationsPerMinute) {

        /** Checks that no value is negative. */
        public AddressLimit {
            if (Math.min(requestsPerMinute, failedAuthenticationsPerMinute) < 0) {
                throw new IllegalArgumentException("The values of gateway.limits.address must not be negative");
            }
        }
    }
}
