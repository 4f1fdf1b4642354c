package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.Assignment;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagSetChange;
import io.taggateway.upstream.http.UpstreamRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The tags on SIPSIM's calls: one request a tag, each of which can be repeated. */
final class SipsimTagAssignments implements TagAssignments {

    /** The status with which a PUT says that the tag was there already. */
    private static final int ALREADY_THERE = 204;

    private static final int ADDED = 201;

    private final SipsimClient client;
    private final SipsimCallSource calls;

    SipsimTagAssignments(SipsimClient client, SipsimCallSource calls) {
        this.client = client;
        this.calls = calls;
    }

    @Override
    public Vendor vendor() {
        return Vendor.SIPSIM;
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
                : calls.findAfresh(remoteId);
        return read.flatMap(call -> {
            Plan plan = Plan.of(call, change);
            return dryRun
                    ? Mono.just(Assignment.of(plan.result(plan.add, plan.remove), plan.add, plan.remove))
                    : write(plan);
        });
    }

    private Mono<Assignment> write(Plan plan) {
        List<Tag> added = new ArrayList<>();
        List<Tag> removed = new ArrayList<>();
        Mono<Void> puts = Flux.fromIterable(plan.add)
                .concatMap(tag -> put(plan.call, tag).doOnNext(status -> {
                    if (status != ALREADY_THERE) {
                        added.add(tag);
                    }
                }))
                .then();
        Mono<Void> deletes = Flux.fromIterable(plan.remove)
                .concatMap(tag -> delete(plan.call, tag).doOnNext(status -> removed.add(tag)))
                .then();
        return puts.then(deletes)
                .then(Mono.fromSupplier(() -> Assignment.of(plan.result(plan.add, plan.remove), added, removed)))
                .onErrorResume(
                        SourceException.class,
                        failure ->
                                Mono.just(new Assignment(plan.result(added, removed), added, removed, failure, false)));
    }

    /** What answers a PUT that is repeated says nothing of how it was before. */
    private Mono<Integer> put(Call call, Tag tag) {
        Mono<Integer> put = client.send(UpstreamRequest.write(
                        HttpMethod.PUT, "assignTag", null, "/calls/{id}/tags/{tag}", call.remoteId(), tag.remoteId()))
                .map(answer -> answer.repeated() ? ADDED : answer.status());
        return put.onErrorResume(SourceException::isAnswerLost, lost -> put.thenReturn(ADDED));
    }

    private Mono<Integer> delete(Call call, Tag tag) {
        Mono<Integer> delete = client.status(UpstreamRequest.write(
                HttpMethod.DELETE, "unassignTag", null, "/calls/{id}/tags/{tag}", call.remoteId(), tag.remoteId()));
        return delete.onErrorResume(SourceException::isAnswerLost, lost -> delete);
    }

    /** What has to be requested so that a call's tags become what they should. */
    private record Plan(Call call, List<Tag> add, List<Tag> remove) {

        static Plan of(Call call, TagSetChange change) {
            List<Tag> present = present(call);
            Map<String, Tag> wanted = byId(change.add());
            Map<String, Tag> unwanted = byId(change.remove());
            Map<String, Tag> there = byId(present);
            List<Tag> add = wanted.values().stream()
                    .filter(tag -> !there.containsKey(tag.remoteId()))
                    .toList();
            List<Tag> remove = present.stream()
                    .filter(tag ->
                            change.exact() ? !wanted.containsKey(tag.remoteId()) : unwanted.containsKey(tag.remoteId()))
                    .toList();
            return new Plan(call, add, remove);
        }

        Call result(List<Tag> added, List<Tag> removed) {
            List<Tag> tags = new ArrayList<>(present(call));
            tags.removeIf(tag -> byId(removed).containsKey(tag.remoteId()));
            tags.addAll(added);
            return call.withTags(tags);
        }

        private static List<Tag> present(Call call) {
            List<Tag> tags = call.embeddedTags();
            return tags == null ? List.of() : tags;
        }

        private static Map<String, Tag> byId(List<Tag> tags) {
            return tags.stream()
                    .collect(Collectors.toMap(
                            Tag::remoteId,
                            Function.identity(),
                            (first, second) -> first,
                            java.util.LinkedHashMap::new));
        }
    }
}
