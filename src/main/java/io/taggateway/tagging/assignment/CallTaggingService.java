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

/** Adds tags to every call that matches a filter. */
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

    /**
     * Reads all pages first, as tagging a call may change whether it matches the filter.
     *
     * @param limit the maximum number of calls; null for the default
     */
    public Mono<TagSubjectsPayload> tag(
            VendorDirectory directory, CallFilter filter, @Nullable Integer limit, AssignmentRequest request) {
        int most = Objects.requireNonNullElse(limit, DEFAULT_LIMIT);
        if (most < 1 || most > MAX_LIMIT) {
            String message = "`limit` must be between 1 and " + MAX_LIMIT + ".";
            return Mono.just(
                    TagSubjectsPayload.refused(UserError.of(UserErrorCode.TOO_MANY, message, "input", "limit")));
        }
        if (request.refs().isEmpty()) {
            String message = "Give the `tags` to assign to the calls.";
            return Mono.just(
                    TagSubjectsPayload.refused(UserError.of(UserErrorCode.NOTHING_TO_DO, message, "input", "tags")));
        }
        return find(directory, filter, most, null, new ArrayList<>())
                .flatMap(found -> assignments
                        .changeListed(directory, found.calls(), request)
                        .collectList()
                        .map(results -> TagSubjectsPayload.of(results, found.failure())));
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

    /** The calls, and the failure due to which some may be missing. */
    private record Found(List<Call> calls, @Nullable SourceException failure) {}
}
