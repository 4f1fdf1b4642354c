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

/** The calls of one vendor. Every failed request is a {@code SourceException}. */
public interface CallSource {

    Vendor vendor();

    /** The maximum size of one page. */
    int maxPageSize();

    /**
     * The members of a query that this source applies; it may round times outward. The gateway applies the other
     * members.
     */
    Set<CallQuery.Member> filters();

    /**
     * One page of the calls that a query finds, the newest first as far as the vendor has an order. Safe to repeat.
     *
     * @param page the token of the page, from an adjacent page
     * @param limit the requested number of calls, at least 1; the page may have more or fewer
     */
    Mono<SourcePage<Call>> list(CallQuery query, PageToken page, int limit);

    /** One call by the vendor's id; empty if there is none. Safe to repeat. */
    Mono<Call> find(String remoteId);

    /** The tags of one call, for a vendor that omits them in lists; empty if there is no such call. */
    Mono<List<Tag>> listTags(String remoteId);

    /**
     * The query of a list of calls, which must meet all conditions.
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

        /** The members of a query that a source may apply. */
        public enum Member {
            /** The period of the calls. */
            PERIOD,
            TAG_IDS,
            TYPES,
            EMPLOYEE_IDS,
            SEARCH
        }
    }
}
