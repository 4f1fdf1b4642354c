package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The calls of one vendor. Every failure to ask is a {@code SourceException}. */
public interface CallSource {

    Vendor vendor();

    /** The maximum size of one page. */
    int maxPageSize();

    /**
     * The members of a query that this source applies, times perhaps rounded outward; what others say is the gateway's
     * to filter.
     */
    Set<CallQuery.Member> filters();

    /**
     * One page of the calls that a query finds, the newest first as far as the vendor has an order. Safe to repeat.
     *
     * @param page where to read on, as the page before gave it
     * @param limit how many calls are wanted, at least 1; the page may have more or fewer
     */
    Mono<SourcePage<Call>> list(CallQuery query, PageToken page, int limit);

    /** One call by the vendor's id; empty if there is none. Safe to repeat. */
    Mono<Call> find(String remoteId);

    /** The tags of one call, for a vendor that leaves them out of its listings; empty if there is no such call. */
    Mono<List<Tag>> listTags(String remoteId);

    /**
     * Which calls to list; every member narrows.
     *
     * @param startedAfter calls that began at or after this instant
     * @param startedBefore calls that began before this instant; null for calls up to now
     * @param tagIds calls with any of these tags, by the vendor's ids; empty for all calls
     * @param types calls of any of these types; empty for all
     * @param employeeIds calls of any of these employees; empty for all
     * @param search a number or a caller's name; null for all
     */
    record CallQuery(
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
}
