package io.taggateway.tagging.assignment;

import io.taggateway.tagging.assignment.AssignmentRequest.TagRefList;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.NearestName;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagMessage;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagAssignments.TagSetChange;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.tag.TagPayload.TagResult;
import io.taggateway.tagging.tag.TagReferenceResolver;
import io.taggateway.tagging.tag.TagReferenceResolver.Resolution;
import io.taggateway.tagging.tag.TagWriter;
import io.taggateway.tagging.tag.TagWriter.IfExists;
import io.taggateway.tagging.tag.TagWriter.TagCreation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Plans the changes of one mutation for the tags of a vendor, and creates missing tags, each once at each vendor. */
final class AssignmentPlanner {

    /** The number is limited, as each name is compared with the names of all tags. */
    private static final int MAX_SUGGESTIONS = 5;

    private static final int MAX_COMPARED = 2_000;

    private final VendorDirectory directory;
    private final AssignmentRequest request;
    private final Map<Vendor, Mono<Plan>> plans = new ConcurrentHashMap<>();
    private final Map<Vendor, Mono<Plan>> renewed = new ConcurrentHashMap<>();
    private final Map<Plan, Mono<Plan>> created = new ConcurrentHashMap<>();

    AssignmentPlanner(VendorDirectory directory, AssignmentRequest request) {
        this.directory = directory;
        this.request = request;
    }

    /** The plan for a vendor. Tags that the cached lists lack are looked up in reloaded ones. */
    Mono<Plan> plan(Vendor vendor) {
        return plans.computeIfAbsent(
                vendor,
                key -> read(vendor, TagSource::list)
                        .filter(Plan::isComplete)
                        .switchIfEmpty(read(vendor, TagSource::reloadList))
                        .map(plan -> plan.checked(request.remove().member()))
                        .cache());
    }

    /**
     * The plan for a vendor after its tags are reloaded once, as a planned tag may have been deleted. An error in one
     * part of the request does not prevent the other parts.
     */
    Mono<Plan> renew(Vendor vendor) {
        return renewed.computeIfAbsent(
                vendor,
                key -> read(vendor, TagSource::reloadList).flatMap(this::create).cache());
    }

    /** The plan after missing tags are created; fails with a {@link SourceException} if they cannot be. */
    Mono<Plan> create(Plan plan) {
        return plan.missing().isEmpty()
                ? Mono.just(plan)
                : created.computeIfAbsent(
                        plan,
                        key -> Flux.fromIterable(plan.missing())
                                .concatMap(draft -> new TagWriter(directory, plan.vendor(), false)
                                        .create(new TagCreation(draft, IfExists.REUSE, List.of())))
                                .collectList()
                                .map(plan::with)
                                .cache());
    }

    private Mono<Plan> read(Vendor vendor, Function<TagSource, Mono<TagList>> read) {
        return TagReferenceResolver.over(directory, vendor, request.refs(), read)
                .map(resolver -> plan(vendor, resolver));
    }

    private Plan plan(Vendor vendor, TagReferenceResolver resolver) {
        Set<Tag> add = new LinkedHashSet<>();
        Set<Tag> remove = new LinkedHashSet<>();
        Map<String, TagDraft> missing = new LinkedHashMap<>();
        List<UserError> errors = new ArrayList<>();
        for (TagRefList refs : List.of(request.add(), request.remove())) {
            boolean adds = refs.equals(request.add());
            for (int i = 0; i < refs.refs().size(); i++) {
                switch (resolver.resolve(refs.refs().get(i))) {
                    case Resolution.Found found -> (adds ? add : remove).add(found.tag());
                    case Resolution.Missing tag
                    when adds && request.createMissing() ->
                        missing.putIfAbsent(Slug.of(tag.draft().name()), tag.draft());
                    case Resolution.Missing tag ->
                        errors.add(error(tag, errors.size()).under(refs.path(i)));
                    case Resolution.Rejected rejected ->
                        errors.add(rejected.error().under(refs.path(i)));
                }
            }
        }
        TagSetChange change = new TagSetChange(List.copyOf(add), List.copyOf(remove), request.exact());
        return new Plan(vendor, change, List.copyOf(missing.values()), errors);
    }

    /** The error of a tag that does not exist. The first such errors suggest a name that the caller may have meant. */
    private static UserError error(Resolution.Missing tag, int earlier) {
        String meant = earlier < MAX_SUGGESTIONS && tag.others().size() <= MAX_COMPARED
                ? NearestName.find(
                        tag.draft().name(), tag.others().stream().map(Tag::name).toList())
                : null;
        return meant == null ? tag.error() : tag.error().suggesting(meant);
    }

    /**
     * The plan for one vendor.
     *
     * @param missing tags to be created and then added, each once
     * @param errors what the caller must correct; if there are any, nothing is written
     */
    record Plan(Vendor vendor, TagSetChange change, List<TagDraft> missing, List<UserError> errors) {

        /** Whether another plan has the same tags. */
        boolean isLike(Plan other) {
            return errors.isEmpty()
                    && ids(change.add()).equals(ids(other.change.add()))
                    && ids(change.remove()).equals(ids(other.change.remove()));
        }

        private static Set<String> ids(List<Tag> tags) {
            return tags.stream().map(Tag::remoteId).collect(Collectors.toSet());
        }

        private boolean isComplete() {
            return missing.isEmpty() && errors.isEmpty();
        }

        /** This plan, with an error if it contradicts itself. */
        private Plan checked(String removeMember) {
            List<UserError> all = new ArrayList<>(errors);
            change.add().stream()
                    .filter(change.remove()::contains)
                    .map(tag -> new TagMessage("`" + tag.name() + "`", "A tag"))
                    .map(tag -> tag.before(" is both to be added and to be removed."))
                    .map(message -> UserError.of(UserErrorCode.CONFLICT, message, "input", removeMember))
                    .forEach(error -> all.add(error.at(vendor)));
            return new Plan(vendor, change, missing, all);
        }

        /** This plan with the tags that were created; fails if the request to a vendor failed. */
        private Plan with(List<TagResult> results) {
            List<Tag> add = new ArrayList<>(change.add());
            List<UserError> refused = new ArrayList<>(errors);
            for (TagResult result : results) {
                if (result.failure() != null) {
                    throw result.failure();
                }
                refused.addAll(result.userErrors());
                if (result.tag() != null) {
                    add.add(result.tag());
                }
            }
            return new Plan(vendor, new TagSetChange(add, change.remove(), change.exact()), List.of(), refused);
        }
    }
}
