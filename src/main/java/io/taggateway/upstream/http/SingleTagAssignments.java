package io.taggateway.upstream.http;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import io.taggateway.tagging.source.TagAssignments.TagSetChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The tags on the calls of a vendor that takes one request a tag, each of which can be repeated. */
public record SingleTagAssignments(Vendor vendor, Requests requests) implements TagAssignments {

    /** What is requested of the vendor. */
    public interface Requests {

        /** A call with its tags as they are now; empty where there is none. */
        Mono<Call> findAfresh(String callId);

        /** Puts a tag on a call. */
        Mono<Written> assign(String callId, String tagId);

        /** Takes a tag off a call. */
        Mono<Written> unassign(String callId, String tagId);
    }

    /** The outcome of a write, according to its response. */
    public enum Written {
        DONE,
        /** Done, and of a tag to put on known to have been there before. */
        DONE_BEFORE,
        /** The response, such as a login page, shows neither success nor refusal, so the tags are read. */
        UNCLEAR
    }

    @Override
    public NodeType subjectType() {
        return NodeType.CALL;
    }

    /** As each tag is a request of its own, a call that was just listed need not be read again. */
    @Override
    public Mono<Assignment> change(String remoteId, @Nullable Taggable justRead, TagSetChange change, boolean dryRun) {
        Mono<Call> read = justRead instanceof Call call && call.embeddedTags() != null
                ? Mono.just(call)
                : requests.findAfresh(remoteId);
        return read.flatMap(call -> {
            Plan plan = Plan.of(call, change);
            return dryRun ? Mono.just(plan.outcome(plan.add, plan.remove, null)) : write(plan);
        });
    }

    private Mono<Assignment> write(Plan plan) {
        String callId = plan.call.remoteId();
        List<Tag> added = new ArrayList<>();
        List<Tag> removed = new ArrayList<>();
        AtomicBoolean unclear = new AtomicBoolean();
        Mono<Void> puts = Flux.fromIterable(plan.add)
                .concatMap(tag -> repeated(requests.assign(callId, tag.remoteId()))
                        .doOnNext(written -> note(written, tag, added, unclear)))
                .then();
        Mono<Void> deletes = Flux.fromIterable(plan.remove)
                .concatMap(tag -> repeated(requests.unassign(callId, tag.remoteId()))
                        .map(written -> written == Written.UNCLEAR ? written : Written.DONE)
                        .doOnNext(written -> note(written, tag, removed, unclear)))
                .then();
        return puts.then(deletes)
                .then(Mono.defer(() -> unclear.get()
                        ? read(plan)
                        : Mono.just(Assignment.of(plan.subject(plan.add, plan.remove), added, removed))))
                .onErrorResume(SourceException.class, failure -> Mono.just(plan.outcome(added, removed, failure)));
    }

    private static void note(Written written, Tag tag, List<Tag> changed, AtomicBoolean unclear) {
        switch (written) {
            case DONE -> changed.add(tag);
            case DONE_BEFORE -> {
                // Nothing has changed.
            }
            case UNCLEAR -> unclear.set(true);
        }
    }

    /** What became of a call's tags; a failure where a change is not to be seen. */
    private Mono<Assignment> read(Plan plan) {
        return requests.findAfresh(plan.call.remoteId())
                .switchIfEmpty(Mono.error(() -> SourceException.of(vendor, FailureReason.NOT_FOUND)))
                .map(later -> {
                    Map<String, Tag> present = Plan.byId(Objects.requireNonNullElse(later.embeddedTags(), List.of()));
                    List<Tag> added = plan.add.stream()
                            .filter(tag -> present.containsKey(tag.remoteId()))
                            .toList();
                    List<Tag> removed = plan.remove.stream()
                            .filter(tag -> !present.containsKey(tag.remoteId()))
                            .toList();
                    boolean done = added.size() == plan.add.size() && removed.size() == plan.remove.size();
                    SourceException failure = done ? null : SourceException.of(vendor, FailureReason.INVALID_RESPONSE);
                    return new Assignment(later, added, removed, failure, false);
                });
    }

    /**
     * A write whose answer is lost is repeated, and what answers that says nothing of how it was before. One whose
     * answer cannot be read was perhaps done.
     */
    private static Mono<Written> repeated(Mono<Written> write) {
        return write.onErrorResume(
                SourceException::isAnswerLost,
                lost -> ((SourceException) lost).reason() == FailureReason.INVALID_RESPONSE
                        ? Mono.just(Written.UNCLEAR)
                        : write.map(written -> written == Written.DONE_BEFORE ? Written.DONE : written));
    }

    /** What has to be requested so that a call's tags become what they should. */
    private record Plan(Call call, List<Tag> add, List<Tag> remove) {

        static Plan of(Call call, TagSetChange change) {
            Map<String, Tag> present = byId(Objects.requireNonNullElse(call.embeddedTags(), List.of()));
            Map<String, Tag> wanted = byId(change.add());
            Map<String, Tag> unwanted = byId(change.remove());
            List<Tag> add = wanted.values().stream()
                    .filter(tag -> !present.containsKey(tag.remoteId()))
                    .toList();
            List<Tag> remove = present.values().stream()
                    .filter(tag ->
                            change.exact() ? !wanted.containsKey(tag.remoteId()) : unwanted.containsKey(tag.remoteId()))
                    .toList();
            return new Plan(call, add, remove);
        }

        Assignment outcome(List<Tag> added, List<Tag> removed, @Nullable SourceException failure) {
            return new Assignment(subject(added, removed), added, removed, failure, false);
        }

        Call subject(List<Tag> added, List<Tag> removed) {
            Map<String, Tag> tags = byId(Objects.requireNonNullElse(call.embeddedTags(), List.of()));
            removed.forEach(tag -> tags.remove(tag.remoteId()));
            added.forEach(tag -> tags.putIfAbsent(tag.remoteId(), tag));
            return call.withTags(List.copyOf(tags.values()));
        }

        private static Map<String, Tag> byId(List<Tag> tags) {
            Map<String, Tag> byId = new LinkedHashMap<>();
            tags.forEach(tag -> byId.putIfAbsent(tag.remoteId(), tag));
            return byId;
        }
    }
}
