package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.CallSource;
import io.taggateway.tagging.source.CallSource.CallQuery;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import io.taggateway.upstream.http.SingleTagAssignments;
import io.taggateway.upstream.http.SingleTagAssignments.Written;
import io.taggateway.upstream.http.UpstreamRequest;
import io.taggateway.vendor.sipsim.SipsimClient.Page;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/** The calls of a SIPSIM account, and the requests for their tags. */
final class SipsimCallSource implements CallSource, SingleTagAssignments.TagRequestSender {

    private static final Pattern TAG_ID = Pattern.compile("-?\\d{1,18}");
    private static final int NANOS_BELOW_SECOND = 999_999_999;
    private static final int MIN_LIMIT = 20;
    private static final int MAX_LIMIT = 1000;

    private final SipsimClient client;
    private final SipsimMapper mapper;
    private final Clock clock;

    SipsimCallSource(SipsimClient client, SipsimMapper mapper, Clock clock) {
        this.clock = clock;
        this.client = client;
        this.mapper = mapper;
    }

    @Override
    public Vendor vendor() {
        return Vendor.SIPSIM;
    }

    @Override
    public int maxPageSize() {
        return MAX_LIMIT;
    }

    @Override
    public Set<CallQuery.Member> filters() {
        return EnumSet.allOf(CallQuery.Member.class);
    }

    @Override
    public Mono<SourcePage<Call>> list(CallQuery query, PageToken page, int limit) {
        // The vendor would read an id with a comma as two, an empty one as no filter, and refuse one that is no number.
        List<String> tagIds = query.tagIds().stream()
                .filter(id -> TAG_ID.matcher(id).matches())
                .toList();
        if (tagIds.isEmpty() && !query.tagIds().isEmpty()) {
            return Mono.just(new SourcePage<>(List.of(), null, null, null, clock.instant()));
        }
        UpstreamRequest request = UpstreamRequest.get("listCalls", "/calls")
                .with("start_time", seconds(query.startedAfter()))
                .with("end_time", roundedUp(query.startedBefore()))
                .with("employees", joined(query.employeeIds()))
                .with("tags", joined(tagIds))
                .with(
                        "call_types",
                        joined(query.types().stream()
                                .map(SipsimCallSource::word)
                                .toList()))
                .with("search", query.search())
                .with("limit", Math.clamp(limit, MIN_LIMIT, MAX_LIMIT))
                .with("page", page.value());
        return client.list(request).map(answer -> page(answer, page));
    }

    @Override
    public Mono<Call> find(String remoteId) {
        return find(remoteId, UpstreamRequest.get("findCall", "/calls/{id}", remoteId));
    }

    @Override
    public Mono<Call> findUncached(String remoteId) {
        return find(
                        remoteId,
                        UpstreamRequest.get("findCall", "/calls/{id}", remoteId).asOfNow())
                .flatMap(call -> call.embeddedTags() != null
                        ? Mono.just(call)
                        : listTags(UpstreamRequest.get("listCallTags", "/calls/{id}/tags", remoteId)
                                        .asOfNow())
                                .map(call::withTags));
    }

    private Mono<Call> find(String remoteId, UpstreamRequest request) {
        return client.find(request, remoteId)
                .map(fields -> mapper.call(fields, remoteId))
                .onErrorResume(SourceException::isAbsence, failure -> Mono.empty());
    }

    @Override
    public Mono<List<Tag>> listTags(String remoteId) {
        return listTags(UpstreamRequest.get("listCallTags", "/calls/{id}/tags", remoteId));
    }

    private Mono<List<Tag>> listTags(UpstreamRequest request) {
        return client.list(request)
                .map(page -> SipsimMapper.tags(page.items(), false))
                .onErrorResume(SourceException::isAbsence, failure -> Mono.empty());
    }

    @Override
    public Mono<Written> assign(String callId, String tagId) {
        return client.send(
                UpstreamRequest.write(HttpMethod.PUT, "assignTag", null, "/calls/{id}/tags/{tag}", callId, tagId));
    }

    @Override
    public Mono<Written> unassign(String callId, String tagId) {
        return client.send(
                UpstreamRequest.write(HttpMethod.DELETE, "unassignTag", null, "/calls/{id}/tags/{tag}", callId, tagId));
    }

    /** A repeated token is a loop: there are more calls, but the vendor does not link to them. */
    private SourcePage<Call> page(Page page, PageToken asked) {
        List<Call> calls =
                page.items().stream().map(mapper::call).filter(Objects::nonNull).toList();
        PageToken next = page.next() == null ? null : PageToken.after(page.next());
        boolean circle = asked.equals(next);
        boolean complete =
                page.complete() && !circle && calls.size() == page.items().size();
        return new SourcePage<>(calls, circle ? null : next, null, null, page.receivedAt(), complete);
    }

    /**
     * The vendor's times are in seconds, so both ends of a period are rounded outward. The gateway applies the exact
     * period.
     */
    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static @Nullable String roundedUp(@Nullable Instant instant) {
        return instant == null ? null : seconds(instant.plusNanos(NANOS_BELOW_SECOND));
    }

    private static @Nullable String joined(List<String> values) {
        return values.isEmpty() ? null : String.join(",", values);
    }

    private static String word(CallType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
