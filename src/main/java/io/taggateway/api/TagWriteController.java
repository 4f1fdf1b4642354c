package io.taggateway.api;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.api.error.SourceError;
import io.taggateway.api.scope.ScopeRequirement;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.group.SyncService;
import io.taggateway.tagging.group.SyncService.SyncTagsInput;
import io.taggateway.tagging.group.TagGroupUpdateService;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.tag.TagDetailsInput;
import io.taggateway.tagging.tag.TagPayload;
import io.taggateway.tagging.tag.TagPayload.TagResult;
import io.taggateway.tagging.tag.TagWriteService;
import io.taggateway.tagging.tag.TagWriteService.CreateTagInput;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** The mutations of tags. */
@Controller
class TagWriteController {

    private final TagWriteService tags;
    private final TagGroupUpdateService groups;
    private final SyncService sync;

    TagWriteController(TagWriteService tags, TagGroupUpdateService groups, SyncService sync) {
        this.tags = tags;
        this.groups = groups;
        this.sync = sync;
    }

    @MutationMapping
    Mono<DataFetcherResult<TagPayload>> createTag(
            @Argument CreateTagInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return tags.create(directory, input).map(payload -> result(payload, Slug.of(input.name()), environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagPayload>> updateTag(
            @Argument UpdateTagInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        TagDetailsInput details = details(input.name(), input.color(), input.description());
        return tags.update(directory, input.id(), details, Boolean.TRUE.equals(input.dryRun()))
                .map(payload -> result(payload, "", environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagPayload>> deleteTag(
            @Argument DeleteTagInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return tags.delete(directory, input.id(), Boolean.TRUE.equals(input.dryRun()))
                .map(payload -> result(payload, "", environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagPayload>> updateTagGroup(
            @Argument UpdateTagGroupInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        TagDetailsInput details = details(input.name(), input.color(), input.description());
        return groups.update(directory, input.slug(), details, Boolean.TRUE.equals(input.dryRun()))
                .map(payload -> result(payload, Slug.of(input.slug()), environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagPayload>> syncTags(
            @Argument SyncTagsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return sync.sync(directory, input)
                .map(payload -> result(payload, environment))
                .onErrorResume(
                        SourceException.class,
                        failure -> Mono.just(
                                ErrorRenderer.result(TagPayload.of(List.of()), Stream.of(failure), environment)));
    }

    @SchemaMapping
    @Nullable
    SourceError error(TagResult result) {
        return result.failure() == null ? null : SourceError.of(result.failure());
    }

    /** The payload, for callers that may not read tags without the slugs of stored tags. */
    private static DataFetcherResult<TagPayload> result(
            TagPayload payload, String sentSlug, DataFetchingEnvironment environment) {
        boolean readsTags = ScopeRequirement.READS_TAGS.isSatisfiedIn(environment.getGraphQlContext());
        return result(readsTags ? payload : payload.withSlug(sentSlug), environment);
    }

    private static DataFetcherResult<TagPayload> result(TagPayload payload, DataFetchingEnvironment environment) {
        Stream<SourceException> failures =
                payload.results().stream().map(TagResult::failure).filter(Objects::nonNull);
        return ErrorRenderer.result(payload, failures, environment);
    }

    /** A description that is null is cleared; one that is absent stays unchanged. */
    private static TagDetailsInput details(
            @Nullable String name, @Nullable String color, ArgumentValue<String> description) {
        String text = description.isOmitted() ? null : Objects.requireNonNullElse(description.value(), "");
        return new TagDetailsInput(name, color, text);
    }

    /** The type of the schema. */
    record UpdateTagInput(
            String id,
            @Nullable String name,
            @Nullable String color,
            ArgumentValue<String> description,
            @Nullable Boolean dryRun) {}

    /** The type of the schema. */
    record DeleteTagInput(String id, @Nullable Boolean dryRun) {}

    /** The type of the schema. */
    record UpdateTagGroupInput(
            String slug,
            @Nullable String name,
            @Nullable String color,
            ArgumentValue<String> description,
            @Nullable Boolean dryRun) {}
}
