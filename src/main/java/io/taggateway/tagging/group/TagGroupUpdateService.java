package io.taggateway.tagging.group;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.tag.TagDetailsInput;
import io.taggateway.tagging.tag.TagDetailsInput.Checked;
import io.taggateway.tagging.tag.TagPayload;
import io.taggateway.tagging.tag.TagPayload.TagResult;
import io.taggateway.tagging.tag.TagWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Updates the tags of one group at every vendor. */
@Service
public class TagGroupUpdateService {

    private final TagGroupService groups;

    TagGroupUpdateService(TagGroupService groups) {
        this.groups = groups;
    }

    /**
     * Updates the tags with one slug. There is one result for each tag, and one for each vendor whose tags could not be
     * read.
     */
    public Mono<TagPayload> update(VendorDirectory directory, String slug, TagDetailsInput input, boolean dryRun) {
        Checked details = input.check();
        if (!details.errors().isEmpty()) {
            return Mono.just(TagPayload.refused(details.errors()));
        }
        String wanted = Slug.of(slug);
        return Flux.fromIterable(directory.vendors())
                .filter(vendor -> directory.can(vendor, Capability.UPDATE_TAG))
                .flatMapSequential(vendor -> plan(directory, vendor, wanted))
                .collectList()
                .flatMap(plans -> apply(directory, plans, details, dryRun)
                        .flatMap(results ->
                                plans.stream().allMatch(plan -> plan.tags().isEmpty())
                                        ? Mono.just(unchanged(results))
                                        : dryRun
                                                ? withPlannedGroup(directory, results, wanted)
                                                : withGroup(
                                                        directory,
                                                        results,
                                                        wanted,
                                                        details.change().name())));
    }

    private static Mono<GroupUpdatePlan> plan(VendorDirectory directory, Vendor vendor, String slug) {
        return directory
                .tags(vendor)
                .reloadList()
                .<GroupUpdatePlan>map(list -> new PlannedChanges(
                        vendor,
                        list,
                        list.tags().stream()
                                .filter(tag -> tag.slug().equals(slug))
                                .toList()))
                .onErrorResume(
                        SourceException.class,
                        failure -> Mono.just(new UnreadableTags(TagResult.failed(vendor, slug, failure))));
    }

    private static Mono<List<TagResult>> apply(
            VendorDirectory directory, List<GroupUpdatePlan> plans, Checked details, boolean dryRun) {
        boolean describable = details.isDescribableAt(
                directory, plans.stream().flatMap(plan -> plan.tags().stream()).map(Tag::vendor));
        return Flux.fromIterable(plans)
                .flatMapSequential(plan -> switch (plan) {
                    case UnreadableTags unreadable -> Flux.just(unreadable.result());
                    case PlannedChanges changes -> {
                        TagWriter writer = new TagWriter(directory, changes.vendor(), dryRun);
                        yield describable
                                ? apply(changes, writer, details)
                                : Flux.fromIterable(changes.tags()).map(tag -> writer.undescribed(tag.slug()));
                    }
                })
                .collectList();
    }

    /** Updates one tag after another, as the new name of one tag is taken for the next, also in a dry run. */
    private static Flux<TagResult> apply(PlannedChanges changes, TagWriter writer, Checked details) {
        AtomicReference<TagList> list = new AtomicReference<>(changes.list());
        String name = details.change().name();
        return Flux.fromIterable(changes.tags())
                .concatMap(tag -> writer.update(list.get(), tag, details.change(), details.warnings())
                        .doOnNext(result -> {
                            if (name != null && result.status() != WriteStatus.FAILED) {
                                list.updateAndGet(current -> current.with(List.of(tag.named(name))));
                            }
                        }));
    }

    private static TagPayload unchanged(List<TagResult> failed) {
        UserError error = UserError.of(UserErrorCode.NOT_FOUND, "No vendor has a tag with this slug.", "input", "slug");
        return new TagPayload(failed, failed.isEmpty() ? List.of(error) : List.of(), null);
    }

    private Mono<TagPayload> withGroup(
            VendorDirectory directory, List<TagResult> results, String slug, @Nullable String name) {
        return groups.find(directory, name == null ? slug : Slug.of(name))
                .switchIfEmpty(groups.find(directory, slug))
                .onErrorResume(SourceException.class, failure -> Mono.empty())
                .map(group -> new TagPayload(results, List.of(), group))
                .defaultIfEmpty(TagPayload.of(results));
    }

    /**
     * Adds the planned group to the payload: the updated tags, and those that already have the slug of the new name.
     */
    private Mono<TagPayload> withPlannedGroup(VendorDirectory directory, List<TagResult> results, String slug) {
        List<Tag> planned =
                results.stream().map(TagResult::tag).filter(Objects::nonNull).toList();
        return groups.planned(directory, slug, planned)
                .onErrorResume(SourceException.class, failure -> Mono.empty())
                .map(group -> new TagPayload(results, List.of(), group))
                .defaultIfEmpty(TagPayload.of(results));
    }

    /** The plan of a group's update for one vendor. */
    private sealed interface GroupUpdatePlan {

        List<Tag> tags();
    }

    /** The changes of a vendor's tags of the group, based on a list that was reloaded for this update. */
    private record PlannedChanges(Vendor vendor, TagList list, List<Tag> tags) implements GroupUpdatePlan {}

    /** No change, as the vendor's tags could not be read. */
    private record UnreadableTags(TagResult result) implements GroupUpdatePlan {

        @Override
        public List<Tag> tags() {
            return List.of();
        }
    }
}
