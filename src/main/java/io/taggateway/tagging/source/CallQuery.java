package io.taggateway.tagging.source;

import io.taggateway.tagging.model.CallType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which calls to list; every member narrows.
 *
 * @param startedAfter calls that began at or after this instant
 * @param startedBefore null for calls up to now
 * @param tagIds calls with any of these tags, by the vendor's ids; empty for all calls
 * @param types calls of any of these types; empty for all
 * @param employeeIds calls of any of these employees; empty for all
 * @param search a number or a caller's name; null for all
 */
public record CallQuery(
        Instant startedAfter,
        @Nullable Instant startedBefore,
        List<String> tagIds,
        List<CallType> types,
        List<String> employeeIds,
        @Nullable String search) {

    /** What of a query a source may apply itself. */
    public enum Member {
        /** When calls began. */
        PERIOD,
        TAG_IDS,
        TYPES,
        EMPLOYEE_IDS,
        SEARCH
    }
}
