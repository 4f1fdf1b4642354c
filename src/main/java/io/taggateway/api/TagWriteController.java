package io.taggateway.api;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.GatewayErrors;
import io.taggateway.api.error.SourceError;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.group.SyncService;
import io.taggateway.tagging.group.SyncTagsInput;
import io.taggateway.tagging.group.TagGroupWrite;
import io.taggateway.tagging.group.TagWriteService;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.tag.CreateTagInput;
import io.taggateway.tagging.tag.TagDetailsInput;
import io.taggateway.tagging.tag.TagResult;
import io.taggateway.tagging.tag.TagResults;
import io.taggateway.tagging.tag.TagWrite;
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

/** Writes of tags. */
@Controller
class TagWriteController {

    private final TagWriteService tags;
    private final SyncService sync;

    TagWriteController(TagWriteService tags, SyncService sync) {
        this.tags = tags;
        this.sync = sync;
    }

    @MutationMapping
    Mono<DataFetcherResult<TagResults>> createTag(
            @Argument CreateTagInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return tags.create(directory, input)
                .map(written -> GatewayErrors.result(written, failures(written.results()), environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagWrite>> updateTag(
            @Argument UpdateTagInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        TagDetailsInput details = details(input.name(), input.color(), input.description());
        return tags.update(directory, input.id(), details, Boolean.TRUE.equals(input.dryRun()))
                .map(written -> result(written, environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagWrite>> deleteTag(
            @Argument DeleteTagInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return tags.delete(directory, input.id(), Boolean.TRUE.equals(input.dryRun()))
                .map(written -> result(written, environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagGroupWrite>> updateTagGroup(
            @Argument UpdateTagGroupInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        TagDetailsInput details = details(input.name(), input.color(), input.description());
        return tags.updateGroup(directory, input.slug(), details, Boolean.TRUE.equals(input.dryRun()))
                .map(written -> GatewayErrors.result(written, failures(written.results()), environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagResults>> syncTags(
            @Argument SyncTagsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return sync.sync(directory, input)
                .map(written -> GatewayErrors.result(written, failures(written.results()), environment))
                .onErrorResume(
                        SourceException.class,
                        failure -> Mono.just(GatewayErrors.result(
                                new TagResults(List.of(), List.of()), Stream.of(failure), environment)));
    }

    @SchemaMapping
    @Nullable
    SourceError error(TagResult result) {
        return result.failure() == null ? null : SourceError.of(result.failure());
    }

    private static DataFetcherResult<TagWrite> result(TagWrite written, DataFetchingEnvironment environment) {
        Stream<SourceException> failures = written.result() == null ? Stream.of() : failures(List.of(written.result()));
        return GatewayErrors.result(written, failures, environment);
    }

    private static Stream<SourceException> failures(List<TagResult> results) {
        return results.stream().map(TagResult::failure).filter(Objects::nonNull);
    }

    /** A description that is given as null is to be cleared; one that is absent stays. */
    private static TagDetailsInput details(
            @Nullable String name, @Nullable String color, ArgumentValue<String> description) {
        String text = description.isOmitted() ? null : Objects.requireNonNullElse(description.value(), "");
        return new TagDetailsInput(name, color, text);
    }

    /** As the schema has it. */
    record UpdateTagInput(
            String id,
            @Nullable String name,
            @Nullable String color,
            ArgumentValue<String> description,
            @Nullable Boolean dryRun) {}

    /** As the schema has it. */
    record DeleteTagInput(String id, @Nullable Boolean dryRun) {}

    /** As the schema has it. */
    record UpdateTagGroupInput(
            String slug,
            @Nullable String name,
            @Nullable String color,
            ArgumentValue<String> description,
            @Nullable Boolean dryRun) {}
}
