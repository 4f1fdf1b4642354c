package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import io.taggateway.tagging.source.TagAssignments.TagSetChange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The in-memory tags of a vendor's calls. */
public final class InMemoryTagAssignments implements TagAssignments {

    private final Vendor vendor;
    private final InMemoryFailure failure;
    private final Map<String, Call> calls = new ConcurrentHashMap<>();
    private volatile boolean readOnly;

    public InMemoryTagAssignments(Vendor vendor) {
        this.vendor = vendor;
        this.failure = new InMemoryFailure(vendor);
    }

    public InMemoryTagAssignments with(Call call) {
        calls.put(call.remoteId(), call);
        return this;
    }

    /** Makes every request from now on fail. */
    public void fail(FailureReason reason) {
        failure.set(reason);
    }

    /** Makes requests that write fail from now on. */
    public void failWrites() {
        readOnly = true;
    }

    /** The tags of a call. */
    public List<Tag> tags(String remoteId) {
        return Objects.requireNonNullElse(
                Objects.requireNonNull(calls.get(remoteId)).embeddedTags(), List.of());
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public NodeType subjectType() {
        return NodeType.CALL;
    }

    @Override
    public Mono<Assignment> change(String remoteId, @Nullable Taggable justRead, TagSetChange change, boolean dryRun) {
        return failure.orEmpty(Mono.fromCallable(() -> change(remoteId, change, dryRun)));
    }

    private synchronized @Nullable Assignment change(String remoteId, TagSetChange change, boolean dryRun) {
        Call call = calls.get(remoteId);
        if (call == null) {
            return null;
        }
        List<Tag> before = tags(remoteId);
        Set<Tag> after = new LinkedHashSet<>(change.exact() ? List.of() : before);
        after.addAll(change.add());
        change.remove().forEach(after::remove);
        List<Tag> added = without(after, before);
        List<Tag> removed = without(before, after);
        if (readOnly && !(added.isEmpty() && removed.isEmpty())) {
            SourceException refused = SourceException.of(vendor, FailureReason.UNAVAILABLE);
            return Assignment.failed(call, refused);
        }
        Call changed = call.withTags(List.copyOf(after));
        if (!dryRun) {
            calls.put(remoteId, changed);
        }
        return Assignment.of(changed, added, removed);
    }

    private static List<Tag> without(Iterable<Tag> some, java.util.Collection<Tag> others) {
        List<Tag> rest = new ArrayList<>();
        some.forEach(rest::add);
        rest.removeAll(others);
        return rest;
    }
}
