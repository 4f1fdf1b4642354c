package io.taggateway.tagging.assignment;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagDraft;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSetChange;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.tag.TagRef;
import io.taggateway.tagging.tag.TagReferenceResolver;
import io.taggateway.tagging.tag.TagReferenceResolver.Resolution;
import io.taggateway.tagging.tag.TagResult;
import io.taggateway.tagging.tag.TagWriter;
import io.taggateway.tagging.tag.TagWriter.IfExists;
import io.taggateway.tagging.tag.TagWriter.Wanted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Plans what one mutation wants of the tags of a vendor, and creates what is missing there, each once a vendor. */
final class AssignmentPlanner {

    private final VendorDirectory directory;
    private final AssignmentRequest request;
    private final Map<Vendor, Mono<Plan>> plans = new ConcurrentHashMap<>();
    private final Map<Vendor, Mono<Plan>> created = new ConcurrentHashMap<>();

    AssignmentPlanner(VendorDirectory directory, AssignmentRequest request) {
        this.directory = directory;
        this.request = request;
    }

    /** What the request means at a vendor; what the held lists do not have is looked for in fresh ones. */
    Mono<Plan> plan(Vendor vendor) {
        return plans.computeIfAbsent(
                vendor,
                key -> read(vendor, TagSource::list)
                        .filter(Plan::isComplete)
                        .switchIfEmpty(read(vendor, TagSource::listAfresh))
                        .map(plan -> plan.checked(request.removeMember()))
                        .cache());
    }

    /** The plan when what was missing has been created; a failure to do so is a {@link SourceException}. */
    Mono<Plan> create(Plan plan) {
        return plan.missing().isEmpty()
                ? Mono.just(plan)
                : created.computeIfAbsent(
                        plan.vendor(),
                        vendor -> Flux.fromIterable(plan.missing())
                                .concatMap(draft -> new TagWriter(directory, vendor, false)
                                        .create(new Wanted(draft, IfExists.REUSE, List.of())))
                                .collectList()
                                .doOnNext(AssignmentPlanner::requireAsked)
                                .map(plan::with)
                                .cache());
    }

    private static void requireAsked(List<TagResult> results) {
        for (TagResult result : results) {
            if (result.failure() != null) {
                throw result.failure();
            }
        }
    }

    private Mono<Plan> read(Vendor vendor, Function<TagSource, Mono<TagList>> read) {
        return TagReferenceResolver.over(directory, vendor, request.refs(), read)
                .map(resolver -> {
                    Resolved add = Resolved.of(resolver, request.add(), request.addMember(), request.createMissing());
                    Resolved remove = Resolved.of(resolver, request.remove(), request.removeMember(), false);
                    List<UserError> errors = new ArrayList<>(add.errors());
                    errors.addAll(remove.errors());
                    TagSetChange change = new TagSetChange(add.tags(), remove.tags(), request.exact());
                    return new Plan(vendor, change, add.missing(), errors);
                });
    }

    /**
     * What the request means at one vendor.
     *
     * @param missing tags to be created and then added
     * @param errors what the caller has to mend; nothing is to be written then
     */
    record Plan(Vendor vendor, TagSetChange change, List<TagDraft> missing, List<UserError> errors) {

        private boolean isComplete() {
            return missing.isEmpty() && errors.isEmpty();
        }

        /** This plan, refused where it contradicts itself. */
        private Plan checked(String removeMember) {
            List<UserError> all = new ArrayList<>(errors);
            change.add().stream()
                    .filter(change.remove()::contains)
                    .map(tag -> "`" + tag.name() + "` is both to be added and to be removed.")
                    .map(message -> UserError.of(UserErrorCode.CONFLICT, message, "input", removeMember))
                    .forEach(error -> all.add(error.at(vendor)));
            return new Plan(vendor, change, all.isEmpty() ? missing : List.of(), all);
        }

        private Plan with(List<TagResult> results) {
            List<Tag> add = new ArrayList<>(change.add());
            results.stream().map(TagResult::tag).filter(Objects::nonNull).forEach(add::add);
            return new Plan(
                    vendor,
                    new TagSetChange(add, change.remove(), change.exact()),
                    List.of(),
                    results.stream()
                            .flatMap(result -> result.userErrors().stream())
                            .toList());
        }
    }

    /**
     * What some references mean.
     *
     * @param tags each once
     * @param missing what has to be created, each once
     */
    private record Resolved(List<Tag> tags, List<TagDraft> missing, List<UserError> errors) {

        static Resolved of(TagReferenceResolver resolver, List<TagRef> refs, String member, boolean createMissing) {
            Set<Tag> tags = new LinkedHashSet<>();
            Map<String, TagDraft> missing = new LinkedHashMap<>();
            List<UserError> errors = new ArrayList<>();
            for (int i = 0; i < refs.size(); i++) {
                List<String> path = List.of("input", member, Integer.toString(i));
                switch (resolver.resolve(refs.get(i))) {
                    case Resolution.Found found -> tags.add(found.tag());
                    case Resolution.Missing tag
                    when createMissing ->
                        missing.putIfAbsent(Slug.of(tag.draft().name()), tag.draft());
                    case Resolution.Missing tag -> errors.add(tag.error().under(path));
                    case Resolution.Rejected rejected ->
                        errors.add(rejected.error().under(path));
                }
            }
            return new Resolved(List.copyOf(tags), List.copyOf(missing.values()), errors);
        }
    }
}
