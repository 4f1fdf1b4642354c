package io.taggateway.access.limits;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much one operation, one caller and one address may ask for. Introspection counts only for the tokens, the
 * fragments and its own limit.
 *
 * @param depth how many fields deep it is
 * @param aliases how many of its fields have an alias
 * @param rootFields how many fields it has at its root
 * @param tokens how many tokens its document has
 * @param fragments how many fragments its document has
 * @param fragmentDepth how many fragments are within one another
 * @param cost how many objects it may be answered with
 * @param introspection how many objects of the schema it may be answered with
 * @param vendorRequests how many requests a query, or one event of a subscription, may have sent to vendors
 * @param length how long a document and its parts may be
 * @param responseSize how large a response, an event of a stream or a message of a WebSocket may be
 * @param caller how much each caller may ask for
 * @param callers what single callers may ask for instead, by their names
 * @param tenants what all callers of a tenant together may ask for instead, by its name
 * @param address how much may come from one address
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
     * @param mode what becomes of operations that are over it
     * @param max the most that is not over it
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
     * The lengths that a document, and what is written in it, may have, in characters.
     *
     * @param document the whole document
     * @param name a name or an alias
     * @param number a number
     * @param string a string, between its quotes
     */
    public record LengthLimit(int document, int name, int number, int string) {

        /** Checks that all lengths are positive. */
        public LengthLimit {
            if (Math.min(Math.min(document, name), Math.min(number, string)) < 1) {
                throw new IllegalArgumentException("Each of gateway.limits.length must be at least 1");
            }
        }
    }

    /** What becomes of operations that are over a limit. */
    public enum LimitMode {
        /** Nothing is measured. */
        OFF,
        /** They are counted and run. */
        MEASURE,
        /** They are refused. */
        ENFORCE
    }

    /**
     * What each caller may ask for; 0 for any number.
     *
     * @param requestsPerMinute how many operations it may have executed in a minute
     * @param costPerMinute how many objects these may be answered with
     * @param maxConnections how many WebSockets and event streams it may have open at once
     */
    public record CallerLimit(int requestsPerMinute, int costPerMinute, int maxConnections) {

        /** Checks that nothing is negative. */
        public CallerLimit {
            if (Math.min(requestsPerMinute, Math.min(costPerMinute, maxConnections)) < 0) {
                throw new IllegalArgumentException("The values of gateway.limits.caller must not be negative");
            }
        }
    }

    /**
     * What one caller, or one tenant, may ask for; 0 for any number, and null for that of each caller.
     *
     * @param requestsPerMinute how many operations it may have executed in a minute
     * @param costPerMinute how many objects these may be answered with
     */
    public record Allowance(
            @Nullable Integer requestsPerMinute, @Nullable Integer costPerMinute) {

        /** Checks that nothing is negative. */
        public Allowance {
            if ((requestsPerMinute != null && requestsPerMinute < 0) || (costPerMinute != null && costPerMinute < 0)) {
                throw new IllegalArgumentException(
                        "The values of gateway.limits.callers and gateway.limits.tenants must not be negative");
            }
        }
    }

    /**
     * What may come from one address in a minute; 0 for any number.
     *
     * @param requestsPerMinute how many requests
     * @param failedAuthenticationsPerMinute how many requests whose caller does not authenticate, until these are
     *     refused
     */
    public record AddressLimit(int requestsPerMinute, int failedAuthenticationsPerMinute) {

        /** Checks that nothing is negative. */
        public AddressLimit {
            if (Math.min(requestsPerMinute, failedAuthenticationsPerMinute) < 0) {
                throw new IllegalArgumentException("The values of gateway.limits.address must not be negative");
            }
        }
    }
}
