package io.taggateway.access.documents;

import static io.taggateway.access.documents.GraphQlPost.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.GraphqlErrorBuilder;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.access.documents.DocumentsProperties.ManifestMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests that no document is parsed twice, and that refused documents are not parsed. */
class RequestedDocumentProviderTests {

    private static final String LISTED = "{ listed }";
    private static final String OTHER = "{ other }";
    private static final String INVALID = "{ nope }";

    private static final GraphQLSchema SCHEMA = new SchemaGenerator()
            .makeExecutableSchema(
                    new SchemaParser().parse("type Query { listed: Int other: Int }"), RuntimeWiring.MOCKED_WIRING);

    private final List<String> parsed = new ArrayList<>();
    private final DocumentStore store = DocumentStore.inMemory();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void documentIsParsedOnceForRequestsByTextAndByHash() {
        RequestedDocumentProvider documents = documents(ManifestMode.OFF);
        PreparsedDocumentEntry first = execute(documents, OTHER, null);
        assertThat(execute(documents, OTHER, null)).isSameAs(first);
        assertThat(execute(documents, OTHER, sha256(OTHER))).isSameAs(first);
        assertThat(execute(documents, null, sha256(OTHER))).isSameAs(first);
        assertThat(parsed).containsExactly(OTHER);
    }

    @Test
    void textsThatDifferInASpaceAreDifferentDocuments() {
        RequestedDocumentProvider documents = documents(ManifestMode.OFF);
        execute(documents, OTHER, null);
        execute(documents, OTHER + " ", null);
        assertThat(parsed).containsExactly(OTHER, OTHER + " ");
    }

    @Test
    void listedDocumentIsParsedOnlyAtStart() {
        for (ManifestMode mode : ManifestMode.values()) {
            RequestedDocumentProvider documents = documents(mode);
            PreparsedDocumentEntry byId = execute(documents, null, "listed-1");
            assertThat(byId.hasErrors()).isFalse();
            assertThat(execute(documents, LISTED, null)).isSameAs(byId);
        }
        assertThat(parsed).isEmpty();
    }

    @Test
    void documentIsNotCachedWhenInvalid() {
        RequestedDocumentProvider documents = documents(ManifestMode.OFF);
        for (int time = 1; time <= 2; time++) {
            assertThat(execute(documents, INVALID, sha256(INVALID)).hasErrors()).isTrue();
            assertThat(execute(documents, null, sha256(INVALID)).hasErrors()).isTrue();
        }
        assertThat(parsed).containsExactly(INVALID, INVALID);
    }

    @Test
    void documentIsParsedOnceWhenAnotherProcessRegisteredIt() {
        execute(documents(ManifestMode.OFF), OTHER, sha256(OTHER));
        RequestedDocumentProvider elsewhere = documents(ManifestMode.OFF);
        PreparsedDocumentEntry first = execute(elsewhere, null, sha256(OTHER));
        assertThat(first.hasErrors()).isFalse();
        assertThat(execute(elsewhere, null, sha256(OTHER))).isSameAs(first);
        assertThat(parsed).containsExactly(OTHER, OTHER);
    }

    @Test
    void documentIsNotParsedWhenRefused() {
        RequestedDocumentProvider documents = documents(ManifestMode.ENFORCE);
        assertThat(execute(documents, OTHER, null).hasErrors()).isTrue();
        assertThat(execute(documents, OTHER, sha256(OTHER)).hasErrors()).isTrue();
        assertThat(execute(documents(ManifestMode.OFF), OTHER, sha256(LISTED)).hasErrors())
                .isTrue();
        assertThat(parsed).isEmpty();
    }

    @Test
    void knownAndUnknownHashesAreCounted() {
        RequestedDocumentProvider documents = documents(ManifestMode.OFF);
        execute(documents, null, sha256(OTHER));
        execute(documents, OTHER, sha256(OTHER));
        execute(documents, null, sha256(OTHER));
        execute(documents, null, sha256(OTHER));
        execute(documents, null, "listed-1");
        assertThat(counted("miss")).isEqualTo(1);
        assertThat(counted("hit")).isEqualTo(2);
    }

    private double counted(String outcome) {
        return meters.get("taggateway.persisted.queries")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private RequestedDocumentProvider documents(ManifestMode mode) {
        TrustedDocumentIndex trusted =
                new TrustedDocumentIndex(new DocumentManifest("manifest.json", Map.of("listed-1", LISTED)), SCHEMA);
        DocumentsProperties properties =
                new DocumentsProperties(new DocumentsProperties.Apq(true), mode, "manifest.json");
        return new RequestedDocumentProvider(properties, () -> trusted, store, meters);
    }

    private PreparsedDocumentEntry execute(
            RequestedDocumentProvider documents, @Nullable String text, @Nullable String id) {
        ExecutionInput input = ExecutionInput.newExecutionInput()
                .query(text == null ? ExecutionInput.PERSISTED_QUERY_MARKER : text)
                .extensions(id == null ? Map.of() : Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", id)))
                .build();
        return documents.getDocumentAsync(input, this::parse).join();
    }

    private PreparsedDocumentEntry parse(ExecutionInput input) {
        parsed.add(input.getQuery());
        return input.getQuery().equals(INVALID)
                ? new PreparsedDocumentEntry(
                        GraphqlErrorBuilder.newError().message("no").build())
                : new PreparsedDocumentEntry(Parser.parse(input.getQuery()));
    }
}
