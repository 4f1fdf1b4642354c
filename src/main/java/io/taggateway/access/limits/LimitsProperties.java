package io.taggateway.access.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much one operation may ask for. Introspection counts for none of these but the tokens.
 *
 * @param depth how many fields deep it is
 * @param aliases how many of its fields have an alias
 * @param rootFields how many fields it has at its root
 * @param tokens how many tokens its document has
 * @param cost how many objects it may be answered with
 * @param vendorRequests how many requests a query, or one event of a subscription, may have sent to vendors
 */
@ConfigurationProperties(prefix = "gateway.limits", ignoreUnknownFields = false)
record LimitsProperties(Limit depth, Limit aliases, Limit rootFields, Limit tokens, Limit cost, Limit vendorRequests) {

    /**
     * One limit.
     *
     * @param mode what becomes of operations that are over it
     * @param max the most that is not over it
     */
    record Limit(@DefaultValue("enforce") LimitMode mode, int max) {

        Limit {
            if (max < 1) {
                throw new IllegalArgumentException("The max of a limit must be at least 1; its mode can be off");
            }
        }
    }

    /** What becomes of operations that are over a limit. */
    enum LimitMode {
        /** Nothing is measured. */
        OFF,
        /** They are counted and run. */
        MEASURE,
        /** They are refused. */
        ENFORCE
    }
}
