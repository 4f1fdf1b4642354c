package io.taggateway.api;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.GatewayErrors;
import io.taggateway.api.error.SourceError;
import io.taggateway.tagging.assignment.AssignmentService;
import io.taggateway.tagging.assignment.CallTaggingService;
import io.taggateway.tagging.assignment.SubjectResult;
import io.taggateway.tagging.assignment.SubjectTagsInput;
import io.taggateway.tagging.assignment.SubjectWrite;
import io.taggateway.tagging.assignment.SubjectWrites;
import io.taggateway.tagging.assignment.TagCallsInput;
import io.taggateway.tagging.assignment.TagSubjectsInput;
import io.taggateway.tagging.directory.VendorDirectory;
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
    Mono<DataFetcherResult<SubjectWrite>> addTags(
            @Argument SubjectTagsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return assignments.add(directory, input).map(written -> result(written, environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<SubjectWrite>> removeTags(
            @Argument SubjectTagsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return assignments.remove(directory, input).map(written -> result(written, environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<SubjectWrite>> setTags(
            @Argument SubjectTagsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return assignments.set(directory, input).map(written -> result(written, environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<SubjectWrites>> tagSubjects(
            @Argument TagSubjectsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return assignments.change(directory, input).map(written -> result(written, environment));
    }

    @MutationMapping
    Mono<DataFetcherResult<SubjectWrites>> tagCalls(
            @Argument TagCallsInput input, VendorDirectory directory, DataFetchingEnvironment environment) {
        return calls.tag(directory, input).map(written -> result(written, environment));
    }

    @SchemaMapping
    @Nullable
    SourceError error(SubjectResult result) {
        return result.failure() == null ? null : SourceError.of(result.failure());
    }

    private static DataFetcherResult<SubjectWrite> result(SubjectWrite written, DataFetchingEnvironment environment) {
        return GatewayErrors.result(written, Stream.ofNullable(written.result().failure()), environment);
    }

    /** What failed for many subjects alike, as their vendor could not be asked, is one entry. */
    private static DataFetcherResult<SubjectWrites> result(SubjectWrites written, DataFetchingEnvironment environment) {
        return GatewayErrors.result(
                written,
                Stream.concat(
                                Stream.ofNullable(written.failure()),
                                written.results().stream()
                                        .map(SubjectResult::failure)
                                        .filter(Objects::nonNull))
                        .distinct(),
                environment);
    }
}
