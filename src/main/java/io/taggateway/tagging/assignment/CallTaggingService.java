package io.taggateway.tagging.assignment;

import io.taggateway.tagging.call.CallFilter;
import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.source.SourceOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Puts tags on every call that a filter finds. */
@Service
public class CallTaggingService {

    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 10_000;

    private final CallService calls;
    private final AssignmentService assignments;

    CallTaggingService(CallService calls, AssignmentService assignments) {
        this.calls = calls;
        this.assignments = assignments;
    }

    /** Reads all pages first, as calls that are tagged while they are read might leave the filter. */
    public Mono<SubjectWrites> tag(VendorDirectory directory, TagCallsInput input) {
        int limit = Objects.requireNonNullElse(input.limit(), DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            return Mono.just(SubjectWrites.refused(UserError.of(
                    UserErrorCode.TOO_MANY, "`limit` must be between 1 and " + MAX_LIMIT + ".", "input", "limit")));
        }
        if (input.tags().isEmpty()) {
            return Mono.just(SubjectWrites.refused(
                    UserError.of(UserErrorCode.NOTHING_TO_DO, "Give `tags` to put on the calls.", "input", "tags")));
        }
        return find(directory, input.filter(), limit, null, new ArrayList<>())
                .flatMap(found -> assignments
                        .add(
                                directory,
                                found.calls(),
                                input.tags(),
                                Boolean.TRUE.equals(input.createMissing()),
                                Boolean.TRUE.equals(input.dryRun()))
                        .collectList()
                        .map(results -> new SubjectWrites(results, List.of(), found.failure())));
    }

    private Mono<Found> find(
            VendorDirectory directory, CallFilter filter, int limit, @Nullable String after, List<Call> calls) {
        int first = Math.min(PageArguments.MAX_SIZE, limit - calls.size());
        return this.calls
                .list(directory, filter, PageArguments.forward(first, after))
                .flatMap(page -> {
                    calls.addAll(page.nodes());
                    SourceException failure = failure(page);
                    String end = page.pageInfo().endCursor();
                    boolean more = page.pageInfo().hasNextPage() && end != null && !end.equals(after);
                    return failure == null && more && calls.size() < limit
                            ? find(directory, filter, limit, end, calls)
                            : Mono.just(new Found(calls, failure));
                });
    }

    private static @Nullable SourceException failure(Connection<Call> page) {
        return page.sources().stream()
                .map(SourceOutcome::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The calls, and why they may not be all. */
    private record Found(List<Call> calls, @Nullable SourceException failure) {}
}
