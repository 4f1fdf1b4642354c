package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.CallSource.CallQuery;
import io.taggateway.tagging.source.CallSource.CallQuery.Member;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The in-memory calls of a vendor, in the order of their listing. It reads forward only, without counts. */
public final class InMemoryCallSource implements CallSource {

    private static final InMemoryPagination<Call> PAGES = new InMemoryPagination<>(Call::remoteId, false);

    private final Vendor vendor;
    private final Clock clock;
    private final Set<Member> filters;
    private final InMemoryFailure failure;
    private final Map<String, String> employees = new HashMap<>();
    private volatile Set<Member> ignored = Set.of();
    private volatile List<Call> calls = List.of();
    private volatile @Nullable CallQuery lastQuery;
    private volatile Mono<Void> delay = Mono.empty();

    public InMemoryCallSource(Vendor vendor, Clock clock) {
        this(vendor, clock, EnumSet.allOf(Member.class));
    }

    /** A source that applies only some conditions of a query. */
    public InMemoryCallSource(Vendor vendor, Clock clock, Set<Member> filters) {
        this.vendor = vendor;
        this.filters = filters;
        this.clock = clock;
        this.failure = new InMemoryFailure(vendor);
    }

    public InMemoryCallSource with(Call... all) {
        calls = List.of(all);
        return this;
    }

    /** Makes a call an employee's. */
    public void assign(String callId, String employeeId) {
        employees.put(callId, employeeId);
    }

    /** Makes the source ignore some conditions of every query, although it claims to apply them. */
    public void ignore(Set<Member> members) {
        ignored = members;
    }

    /** Makes every request from now on fail; with null, succeed again. */
    public void fail(@Nullable FailureReason reason) {
        failure.set(reason);
    }

    /** Makes every request for one call from now on wait for an event. */
    public void delayUntil(Mono<Void> event) {
        delay = event;
    }

    /** The number of requests so far. */
    public int requests() {
        return failure.requests();
    }

    /** The query of the last listing; null before the first one. */
    public @Nullable CallQuery lastQuery() {
        return lastQuery;
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public int maxPageSize() {
        return 50;
    }

    @Override
    public Set<Member> filters() {
        return filters;
    }

    @Override
    public Mono<SourcePage<Call>> list(CallQuery query, PageToken page, int limit) {
        return failure.orElse(Mono.fromSupplier(() -> {
            lastQuery = query;
            List<Call> found =
                    calls.stream().filter(call -> matches(call, query)).toList();
            return PAGES.page(found, page, limit, clock.instant());
        }));
    }

    @Override
    public Mono<Call> find(String remoteId) {
        return failure.orEmpty(Mono.defer(() -> delay.then(Mono.justOrEmpty(
                calls.stream().filter(call -> call.remoteId().equals(remoteId)).findFirst()))));
    }

    @Override
    public Mono<List<Tag>> listTags(String remoteId) {
        return find(remoteId).map(call -> Objects.requireNonNullElse(call.embeddedTags(), List.of()));
    }

    private boolean matches(Call call, CallQuery query) {
        Instant start = call.startedAt();
        Instant before = query.startedBefore();
        boolean timely =
                start != null && !start.isBefore(query.startedAfter()) && (before == null || !start.isAfter(before));
        return (timely || !applies(Member.PERIOD))
                && (query.tagIds().isEmpty() || !applies(Member.TAG_IDS) || hasAny(call, query.tagIds()))
                && (query.types().isEmpty()
                        || !applies(Member.TYPES)
                        || query.types().contains(call.type()))
                && (query.employeeIds().isEmpty()
                        || query.employeeIds().contains(employees.getOrDefault(call.remoteId(), "")))
                && (query.search() == null || !applies(Member.SEARCH) || call.involves(query.search()));
    }

    private boolean applies(Member member) {
        return filters.contains(member) && !ignored.contains(member);
    }

    private static boolean hasAny(Call call, List<String> tagIds) {
        List<Tag> tags = call.embeddedTags();
        return tags != null && tags.stream().anyMatch(tag -> tagIds.contains(tag.remoteId()));
    }
}
