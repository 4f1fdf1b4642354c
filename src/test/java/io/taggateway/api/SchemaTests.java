package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ParseAndValidate;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.taggateway.whole.GatewayTest;
import io.taggateway.whole.RecordedWiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.SchemaMappingInspector;
import org.springframework.graphql.execution.SchemaReport;

/** The schema keeps what the contract promises, and everything in it is answered by somebody. */
@GatewayTest
class SchemaTests {

    @Test
    void everythingPromisedIsThere() {
        assertThat(ContractSchema.promises(ours(), Set.of()))
                .containsAll(ContractSchema.promises(contract(), Set.of()));
    }

    @Test
    void connectionsHaveWhatTheContractSaysOfThemInWords() {
        for (String noun : List.of("Tag", "TagGroup", "Call", "Contact")) {
            assertThat(ContractSchema.promises(ours(), Set.of()))
                    .contains(
                            "%sConnection.edges: [%sEdge!]!".formatted(noun, noun),
                            "%sConnection.nodes: [%s!]!".formatted(noun, noun),
                            "%sConnection.pageInfo: PageInfo!".formatted(noun),
                            "%sConnection.totalCount: Int".formatted(noun),
                            "%sConnection.sources: [SourceOutcome!]!".formatted(noun),
                            "%sEdge.cursor: String!".formatted(noun),
                            "%sEdge.node: %s!".formatted(noun, noun));
        }
    }

    @Test
    void changedPromiseIsNoticed() {
        String changed = ours().replace("durationSeconds: Int", "durationSeconds: Int!")
                .replace("orderBy: TagOrder = { field: NAME, direction: ASC }", "orderBy: TagOrder")
                .replace("input TagRef @oneOf", "input TagRef")
                .replace("implements Node & Taggable", "implements Node")
                .replace("  \"A message was left.\"\n  VOICEMAIL\n", "");
        Set<String> broken = new TreeSet<>(ContractSchema.promises(contract(), Set.of()));
        broken.removeAll(ContractSchema.promises(changed, Set.of()));
        assertThat(broken)
                .containsExactlyInAnyOrder(
                        "Call.durationSeconds: Int",
                        "Query.tags(orderBy: TagOrder = {field : NAME, direction : ASC})",
                        "InputObject TagRef @oneOf",
                        "Call implements Taggable",
                        "Contact implements Taggable",
                        "CallType.VOICEMAIL");
    }

    @Test
    void everythingIsDescribed() {
        assertThat(ContractSchema.undescribed(ours())).isEmpty();
        assertThat(ContractSchema.undescribed("type A { b(c: Int): Int } enum D { E } input F { g: Int } scalar H"))
                .containsExactlyInAnyOrder("/A", "/A/b", "/A/b/c", "/D", "/D/E", "/F", "/F/g", "/H");
    }

    @Test
    void everyExampleIsValid(@Autowired GraphQlSource source) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("schema/examples"))) {
            assertThat(files).isNotEmpty().allSatisfy(file -> {
                ExecutionInput input =
                        ExecutionInput.newExecutionInput(Files.readString(file)).build();
                assertThat(ParseAndValidate.parseAndValidate(source.schema(), input)
                                .getErrors())
                        .as("%s", file)
                        .isEmpty();
            });
        }
    }

    @Test
    void everyFieldAndArgumentIsAnsweredBySomebody(@Autowired GraphQlSource source, @Autowired RecordedWiring wiring) {
        SchemaReport report = inspect(source.schema(), wiring);
        assertThat(report.unmappedFields()).isEmpty();
        assertThat(report.unmappedRegistrations()).isEmpty();
        assertThat(report.unmappedArguments()).isEmpty();
        assertThat(report.fieldNullnessErrors()).isEmpty();
        assertThat(report.argumentNullnessErrors()).isEmpty();
        assertThat(report.skippedTypes()).isEmpty();
    }

    @Test
    void fieldThatNobodyAnswersIsNoticed(@Autowired RecordedWiring wiring) {
        String extended = ours() + """
            extend type Tag { shade: String }
            extend type Color { warm: Boolean }
            extend type TagConnection { weight: Int }
            extend type CallEdge { weight: Int }
            extend type PageInfo { weight: Int }
            extend type SourceOutcome { weight: Int }
            extend type VendorInfo { weight: Int }
            extend type TagListInfo { weight: Int }
            extend type TagDrift { weight: Int }
            extend type Call { weight: Int }
            extend type Contact { weight: Int }
            extend type TagGroup { weight: Int }
            extend type SourceError { weight: Int }
            extend type Query { weight: Int }
            """;
        SchemaReport report = inspect(schema(extended, wiring), wiring);
        assertThat(report.unmappedFields())
                .extracting(place -> place.getTypeName())
                .containsExactlyInAnyOrder(
                        "Tag",
                        "Color",
                        "TagConnection",
                        "CallEdge",
                        "PageInfo",
                        "SourceOutcome",
                        "VendorInfo",
                        "TagListInfo",
                        "TagDrift",
                        "Call",
                        "Contact",
                        "TagGroup",
                        "SourceError",
                        "Query");
    }

    private static SchemaReport inspect(GraphQLSchema schema, RecordedWiring wiring) {
        return SchemaMappingInspector.initializer()
                .inspect(schema, InspectedFetcher.all(wiring.wiring().getDataFetchers()));
    }

    private static GraphQLSchema schema(String sdl, RecordedWiring recorded) {
        return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(sdl), recorded.wiring());
    }

    private static String contract() {
        return read(Path.of("src/test/resources/contract/schema.graphqls"));
    }

    private static String ours() {
        try (Stream<Path> files = Files.list(Path.of("schema"))) {
            return files.filter(file -> file.toString().endsWith(".graphqls"))
                    .sorted()
                    .map(SchemaTests::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
