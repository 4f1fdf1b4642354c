package io.taggateway.access.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apollographql.federation.graphqljava.Federation;
import graphql.execution.AbortExecutionException;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.MockedWiringFactory;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaParser;
import io.taggateway.api.scope.ScopedSchemaProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the analysis of operations. */
class OperationAnalyzerTests {

    private static final GraphQLSchema SCHEMA = schema();

    private final OperationAnalyzer analyzer = new OperationAnalyzer(new ScopedSchemaProvider());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ vendors { vendor } }                                             | 2 | 0 | 1",
                "{ __typename }                                                     | 0 | 0 | 0",
                "{ a: __typename b: __schema { types { c: name } } }                | 0 | 3 | 0",
                "{ vendors { vendor __typename } __schema { types { fields { name } } } } | 2 | 0 | 1",
                "{ a: vendors { b: vendor } tags { totalCount } }                   | 2 | 2 | 2",
                "{ vendors @skip(if: true) { a: vendor } }                          | 2 | 1 | 1",
                "{ ... { ... on Query { vendors { a: vendor } } } }                 | 2 | 1 | 1",
                "{ ...Q ...Q } fragment Q on Query { a: vendors { vendor } }        | 2 | 2 | 2",
                "{ tags { nodes { group { tags { name } } } } vendors { vendor } }  | 5 | 0 | 2",
                "{ nope { nope ...Nowhere ... on Nothing { a: nope } } }            | 2 | 1 | 1",
                "mutation { a: deleteTag(input: {id: 1}) { userErrors { field } } } | 3 | 1 | 1",
                "subscription { nope { id } }                                       | 2 | 0 | 1"
            })
    void depthAliasesAndRootFieldsAreCountedWithFragmentsExpanded(
            String document, long depth, long aliases, long width) {
        OperationAnalysis analysis = analyze(document);
        assertThat(List.of(analysis.depth(), analysis.aliases(), analysis.rootFields()))
                .containsExactly(depth, aliases, width);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ __schema { types { name } } }                                            | 0",
                "{ tag(id: 1) { id name } }                                                 | 1",
                "{ tag(id: 1) { color { hex } group { slug } } }                            | 3",
                "{ vendors { vendor } }                                                     | 10",
                "{ tags { totalCount } }                                                    | 1",
                "{ tags { nodes { id } } }                                                  | 103",
                "{ tags(first: null) { nodes { id } } }                                     | 103",
                "{ tags(first: 7) { nodes { id } } }                                        | 8",
                "{ tags(last: 7) { edges { cursor node { id } } } }                         | 15",
                "{ tags(first: 7) { nodes { id } pageInfo { endCursor } sources { vendor } } } | 20",
                "{ calls { nodes { id } } }                                                 | 52",
                "{ calls(first: 20) { nodes { id tags { id } contact { id } } } }           | 248",
                "{ contacts(first: 5) { nodes { id calls(first: 3) { nodes { id } } } } }   | 27",
                "query($n: Int = 9) { tags(first: $n) { nodes { id } } }                    | 10",
                "query($some: Int) { tags(first: $some) { nodes { id } } }                  | 5",
                "query($no: Int) { calls(first: $no) { nodes { id } } }                     | 52",
                "{ nodes(ids: [1, 2, 3]) { id } }                                           | 3",
                "{ nodes(ids: 1) { id } }                                                   | 1",
                "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Tag { group { slug } } } } | 8",
                "{ tags(first: 7) { ...P } } fragment P on TagConnection { nodes { id } }   | 8",
                "{ a: tags(first: 7) { ...P } b: tags(first: 8) { ...P } } fragment P on TagConnection { nodes { id } }"
                        + " | 17",
                "{ tags(first: 999999999999) { nodes { id } } }                             | 2190433321",
                "{ tags(first: -5) { nodes { id } } }                                       | 103",
                "{ tags(first: 1000) { nodes { aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: id b: __typename } }"
                        + " } | 1501",
                "mutation { tagCalls(input: {filter: {}, tags: [], limit: 50}) { results { status } } } | 54",
                "mutation { tagCalls(input: {filter: {}, tags: []}) { results { userErrors { code } } } } | 2141",
                "mutation($some: Int) { tagCalls(input: {filter: {}, tags: [], limit: $some}) { results { status } } }"
                        + " | 5",
                "mutation($ids: [ID!]!) { tagSubjects(input: {subjectIds: $ids}) { results { status } } } | 5",
                "mutation { deleteTag(input: {id: 1}) { userErrors { message } } }          | 11"
            })
    void costIsAnObjectEachAndHundredLettersOfKeysAndListsAreAsLongAsTheyAreSaidToBe(String document, long cost) {
        assertThat(cost(document)).isEqualTo(cost);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ tags { nodes { group { tags { group { tags { group { tags { name } } } } } } } } }",
                "{ contacts(first: 1000) { nodes { calls(first: 1000) { nodes { contact { calls(first: 1000) {"
                        + " totalCount } } } } } } }",
                "{ calls(first: 1000) { edges { node { tags { contacts { edges { node { id } } } } } } } }"
            })
    void sizesOfNestedListsAreMultiplied(String document) {
        assertThat(cost(document)).isGreaterThan(100_000);
    }

    @Test
    void fragmentIsAnalyzedOnceWhenSpreadEverywhere() {
        assertThat(analyze(CostlyDocument.spreads(30)))
                .satisfies(analysis -> assertThat(analysis.depth()).isEqualTo(3))
                .satisfies(analysis -> assertThat(analysis.selections()).isGreaterThan(1L << 31));
        OperationAnalysis aliases = analyze(CostlyDocument.aliases(30));
        assertThat(aliases.depth()).isEqualTo(63);
        assertThat(aliases.aliases()).isEqualTo((1L << 31) - 2);
    }

    @Test
    void sumsSaturateWhenTooLarge() {
        OperationAnalysis analysis = analyze(CostlyDocument.aliases(100));
        assertThat(List.of(
                        analysis.aliases(),
                        analysis.selections(),
                        analysis.cost().with(Map.of())))
                .containsOnly(Long.MAX_VALUE);
        assertThat(analysis.depth()).isEqualTo(203);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ tags { nodes { ...A } } } fragment A on Tag { ...A }",
                "{ tags { nodes { ...A } } } fragment A on Tag { group { ...B } } fragment B on TagGroup { tags { ...A"
                        + " } }",
                "{ __schema { types { ...A } } } fragment A on __Type { ofType { ...A } }"
            })
    void operationIsRefusedWhenAFragmentSpreadsItself(String document) {
        assertThatThrownBy(() -> analyze(document))
                .isInstanceOfSatisfying(
                        AbortExecutionException.class,
                        error -> assertThat(error.getUnderlyingErrors())
                                .singleElement()
                                .satisfies(
                                        cause -> assertThat(cause.getMessage()).contains("`A` spreads itself")));
    }

    @Test
    void documentIsAnalyzedOnceAndItsCostDependsOnTheVariables() {
        Document document = new Parser()
                .parseDocument("query($n: Int, $ids: [ID!]!) { calls(first: $n) { ...C } nodes(ids: $ids) { id } }"
                        + " fragment C on CallConnection { nodes { id } }");
        Map<OperationDefinition, OperationAnalysis> analyses = analyzer.analyze(document, SCHEMA);
        assertThat(analyzer.analyze(document, SCHEMA)).isSameAs(analyses);
        OperationAnalysis analysis = analyses.values().iterator().next();
        assertThat(analysis.cost(Map.of("n", 7, "ids", List.of("1")))).isEqualTo(9);
        assertThat(analysis.cost(Map.of("ids", List.of("1", "2")))).isEqualTo(54);
    }

    private OperationAnalysis analyze(String text) {
        Document document = new Parser().parseDocument(text);
        return Objects.requireNonNull(analyzer.analyze(document, SCHEMA)
                .get(document.getDefinitionsOfType(OperationDefinition.class).getFirst()));
    }

    private long cost(String text) {
        Map<String, Object> variables =
                text.contains("$n: Int = 9") ? Map.of("n", 9) : Map.of("some", 4, "ids", List.of("1", "2", "3", "4"));
        return analyze(text).cost(variables);
    }

    private static GraphQLSchema schema() {
        try (Stream<Path> files = Files.list(Path.of("schema"))) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file)).append('\n');
            }
            RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
                    .wiringFactory(new MockedWiringFactory())
                    .build();
            return Federation.transform(new SchemaParser().parse(text.toString()), wiring)
                    .fetchEntities(environment -> List.of())
                    .resolveEntityType(environment -> null)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
