package io.taggateway.api;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.api.error.SourceError;
import io.taggateway.tagging.assignment.AssignmentRequest;
import io.taggateway.tagging.assignment.AssignmentRequest.TagRefList;
import io.taggateway.tagging.assignment.AssignmentService;
import io.taggateway.tagging.assignment.CallTaggingService;
import io.taggateway.tagging.assignment.TagSubjectsPayload;
import io.taggateway.tagging.assignment.TagSubjectsPayload.SubjectResult;
import io.taggateway.tagging.call.CallFilter;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.tag.TagRef;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** The mutations of the tags on calls and contacts. */
@Controller
class AssignmentController {

    private final AssignmentService assignments;
    private final CallTaggingService calls;

    AssignmentController(AssignmentService assignments, CallTaggingService calls) {
        this.assignments = assignments;
        this.calls = calls;
    }

    @MutationMapping
    Mono<DataFetcherResult<TagSubjectsPayload>> addTags(
            @Argument SubjectTagsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return change(input, input.addition(), directory, environment);
    }

    @MutationMapping
    Mono<DataFetcherResult<TagSubjectsPayload>> removeTags(
            @Argument SubjectTagsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return change(input, input.removal(), directory, environment);
    }

    @MutationMapping
    Mono<DataFetcherResult<TagSubjectsPayload>> setTags(
            @Argument SubjectTagsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return change(input, input.addition().asExact(), directory, environment);
    }

    @MutationMapping
    Mono<DataFetcherResult<TagSubjectsPayload>> tagSubjects(
            @Argument TagSubjectsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return assignments
                .changeAll(directory, input.subjectIds(), input.request())
                .map(payload -> result(payload, environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagSubjectsPayload>> tagCalls(
            @Argument TagCallsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return calls.tag(directory, input.filter(), input.limit(), input.request())
                .map(payload -> result(payload, environment));
    }

    private Mono<DataFetcherResult<TagSubjectsPayload>> change(
            SubjectTagsInput input,
            AssignmentRequest request,
            VendorDirectory directory,
            DataFetchingEnvironment environment) {
        return assignments.change(directory, input.subjectId(), request).map(payload -> result(payload, environment));
    }

    private static AssignmentRequest request(
            TagRefList add, TagRefList remove, @Nullable Boolean createMissing, @Nullable Boolean dryRun) {
        return new AssignmentRequest(
                add, remove, false, Boolean.TRUE.equals(createMissing), Boolean.TRUE.equals(dryRun));
    }

    @SchemaMapping
    @Nullable
    SourceError error(SubjectResult result) {
        return result.failure() == null ? null : SourceError.of(result.failure());
    }

    /** Adds one entry in {@code errors} for a failed vendor, for all of its subjects. */
    private static DataFetcherResult<TagSubjectsPayload> result(
            TagSubjectsPayload payload, DataFetchingEnvironment environment) {
        Stream<SourceException> failures = Stream.concat(
                Stream.ofNullable(payload.failure()),
                payload.results().stream().map(SubjectResult::failure).filter(Objects::nonNull));
        return ErrorRenderer.result(payload, failures.distinct(), environment);
    }

    /** The type of the schema for one call or contact. */
    record SubjectTagsInput(
            String subjectId,
            List<TagRef> tags,
            @Nullable Boolean createMissing,
            @Nullable Boolean dryRun) {

        AssignmentRequest addition() {
            return request(TagRefList.of("tags", tags), TagRefList.NONE, createMissing, dryRun);
        }

        AssignmentRequest removal() {
            return request(TagRefList.NONE, TagRefList.of("tags", tags), null, dryRun);
        }
    }

    /** The type of the schema. */
    record TagSubjectsInput(
            List<String> subjectIds,
            @Nullable List<TagRef> add,
            @Nullable List<TagRef> remove,
            @Nullable Boolean createMissing,
            @Nullable Boolean dryRun) {

        AssignmentRequest request() {
            return AssignmentController.request(
                    TagRefList.of("add", add), TagRefList.of("remove", remove), createMissing, dryRun);
        }
    }

    /** The type of the schema. */
    record TagCallsInput(
            CallFilter filter,
            List<TagRef> tags,
            @Nullable Boolean createMissing,
            @Nullable Integer limit,
            @Nullable Boolean dryRun) {

        AssignmentRequest request() {
            return AssignmentController.request(TagRefList.of("tags", tags), TagRefList.NONE, createMissing, dryRun);
        }
    }
}
