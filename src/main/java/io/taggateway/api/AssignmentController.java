package io.taggateway.api;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.GatewayErrors;
import io.taggateway.api.error.SourceError;
import io.taggateway.tagging.assignment.AssignmentRequest;
import io.taggateway.tagging.assignment.AssignmentService;
import io.taggateway.tagging.assignment.CallTaggingService;
import io.taggateway.tagging.assignment.SubjectResult;
import io.taggateway.tagging.assignment.TagSubjectsPayload;
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

/** Writes of the tags on calls and contacts. */
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
        AssignmentRequest request = AssignmentRequest.tags(input.tags(), false, input.createMissing(), input.dryRun());
        return assignments.change(directory, input.subjectId(), request).map(payload -> result(payload, environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagSubjectsPayload>> removeTags(
            @Argument SubjectTagsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        AssignmentRequest request = AssignmentRequest.remove(input.tags(), input.dryRun());
        return assignments.change(directory, input.subjectId(), request).map(payload -> result(payload, environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagSubjectsPayload>> setTags(
            @Argument SubjectTagsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        AssignmentRequest request = AssignmentRequest.tags(input.tags(), true, input.createMissing(), input.dryRun());
        return assignments.change(directory, input.subjectId(), request).map(payload -> result(payload, environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagSubjectsPayload>> tagSubjects(
            @Argument TagSubjectsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        AssignmentRequest request =
                AssignmentRequest.change(input.add(), input.remove(), input.createMissing(), input.dryRun());
        return assignments
                .changeAll(directory, input.subjectIds(), request)
                .map(payload -> result(payload, environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<TagSubjectsPayload>> tagCalls(
            @Argument TagCallsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        AssignmentRequest request = AssignmentRequest.tags(input.tags(), false, input.createMissing(), input.dryRun());
        return calls.tag(directory, input.filter(), input.limit(), request)
                .map(payload -> result(payload, environment));
    }

    @SchemaMapping
    @Nullable
    SourceError error(SubjectResult result) {
        return result.failure() == null ? null : SourceError.of(result.failure());
    }

    /** What failed for many subjects alike, as their vendor could not be asked, is one entry. */
    private static DataFetcherResult<TagSubjectsPayload> result(
            TagSubjectsPayload payload, DataFetchingEnvironment environment) {
        Stream<SourceException> failures = Stream.concat(
                Stream.ofNullable(payload.failure()),
                payload.results().stream().map(SubjectResult::failure).filter(Objects::nonNull));
        return GatewayErrors.result(payload, failures.distinct(), environment);
    }

    /** As the schema has it, for one call or contact. */
    record SubjectTagsInput(
            String subjectId,
            List<TagRef> tags,
            @Nullable Boolean createMissing,
            @Nullable Boolean dryRun) {}

    /** As the schema has it. */
    record TagSubjectsInput(
            List<String> subjectIds,
            @Nullable List<TagRef> add,
            @Nullable List<TagRef> remove,
            @Nullable Boolean createMissing,
            @Nullable Boolean dryRun) {}

    /** As the schema has it. */
    record TagCallsInput(
            CallFilter filter,
            List<TagRef> tags,
            @Nullable Boolean createMissing,
            @Nullable Integer limit,
            @Nullable Boolean dryRun) {}
}
