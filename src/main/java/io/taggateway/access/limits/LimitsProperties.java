package io.taggateway.access.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much one operation may ask for. Introspection counts only for the tokens, the fragments and its own limit.
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
 */
@ConfigurationProperties(prefix = "gateway.limits", ignoreUnknownFields = false)
record LimitsProperties(
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
        DataSize responseSize) {

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

    /**
     * The lengths that a document, and what is written in it, may have, in characters.
     *
     * @param document the whole document
     * @param name a name or an alias
     * @param number a number
     * @param string a string, between its quotes
     */
    record LengthLimit(int document, int name, int number, int string) {

        LengthLimit {
            if (Math.min(Math.min(document, name), Math.min(number, string)) < 1) {
                throw new IllegalArgumentException("Each of gateway.limits.length must be at least 1");
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
