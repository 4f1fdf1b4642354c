package io.taggateway.access.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apollographql.federation.graphqljava.Federation;
import graphql.execution.AbortExecutionException;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.MockedWiringFactory;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operations amount to. */
class OperationWeigherTests {

    private final GraphQLSchema schema = schema();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ vendors { vendor } }                                             | 2 | 0 | 1",
                "{ __typename }                                                     | 0 | 0 | 0",
                "{ a: __typename b: __schema { types { c: name } } }                | 0 | 0 | 0",
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
    void depthAliasesAndRootFieldsAreThoseOfTheTextWrittenOut(String document, long depth, long aliases, long width) {
        Weight weight = weigh(document);
        assertThat(List.of(weight.depth(), weight.aliases(), weight.width())).containsExactly(depth, aliases, width);
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
                "{ tags { nodes { id } } }                                                  | 101",
                "{ tags(first: null) { nodes { id } } }                                     | 101",
                "{ tags(first: 7) { nodes { id } } }                                        | 8",
                "{ tags(last: 7) { edges { cursor node { id } } } }                         | 15",
                "{ tags(first: 7) { nodes { id } pageInfo { endCursor } sources { vendor } } } | 19",
                "{ calls { nodes { id } } }                                                 | 51",
                "{ calls(first: 20) { nodes { id tags { id } contact { id } } } }           | 241",
                "{ contacts(first: 5) { nodes { id calls(first: 3) { nodes { id } } } } }   | 26",
                "query($n: Int = 9) { tags(first: $n) { nodes { id } } }                    | 10",
                "query($some: Int) { tags(first: $some) { nodes { id } } }                  | 5",
                "query($no: Int) { calls(first: $no) { nodes { id } } }                     | 51",
                "{ nodes(ids: [1, 2, 3]) { id } }                                           | 3",
                "{ nodes(ids: 1) { id } }                                                   | 1",
                "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Tag { group { slug } } } } | 8",
                "{ tags(first: 7) { ...P } } fragment P on TagConnection { nodes { id } }   | 8",
                "{ a: tags(first: 7) { ...P } b: tags(first: 8) { ...P } } fragment P on TagConnection { nodes { id } }"
                        + " | 17",
                "{ tags(first: 999999999999) { nodes { id } } }                             | 2147483648",
                "{ tags(first: -5) { nodes { id } } }                                       | 101",
                "mutation { deleteTag(input: {id: 1}) { userErrors { message } } }          | 11"
            })
    void costIsAnObjectEachAndListsAreAsLongAsTheyAreSaidToBe(String document, long cost) {
        assertThat(weigh(document).cost()).isEqualTo(cost);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ tags { nodes { group { tags { group { tags { group { tags { name } } } } } } } } }",
                "{ contacts(first: 1000) { nodes { calls(first: 1000) { nodes { contact { calls(first: 1000) {"
                        + " totalCount } } } } } } }",
                "{ calls(first: 1000) { edges { node { tags { contacts { edges { node { id } } } } } } } }"
            })
    void nestedListsMultiply(String document) {
        assertThat(weigh(document).cost()).isGreaterThan(100_000);
    }

    @Test
    void fragmentThatIsSpreadEverywhereIsWeighedOnce() {
        assertThat(weigh(Documents.spreads(30)))
                .satisfies(weight -> assertThat(weight.depth()).isEqualTo(3))
                .satisfies(weight -> assertThat(weight.selections()).isGreaterThan(1L << 31));
        Weight aliases = weigh(Documents.aliases(30));
        assertThat(aliases.depth()).isEqualTo(63);
        assertThat(aliases.aliases()).isEqualTo((1L << 31) - 2);
    }

    @Test
    void numbersThatAreTooLargeAreTheLargest() {
        Weight weight = weigh(Documents.aliases(100));
        assertThat(List.of(weight.aliases(), weight.selections(), weight.cost()))
                .containsOnly(Long.MAX_VALUE);
        assertThat(weight.depth()).isEqualTo(203);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ tags { nodes { ...A } } } fragment A on Tag { ...A }",
                "{ tags { nodes { ...A } } } fragment A on Tag { group { ...B } } fragment B on TagGroup { tags { ...A"
                        + " } }",
                "{ __schema { types { ...A } } } fragment A on __Type { ofType { ...A } }"
            })
    void fragmentThatSpreadsItselfHasNoWeight(String document) {
        assertThatThrownBy(() -> weigh(document))
                .isInstanceOfSatisfying(
                        AbortExecutionException.class,
                        error -> assertThat(error.getUnderlyingErrors())
                                .singleElement()
                                .satisfies(
                                        cause -> assertThat(cause.getMessage()).contains("`A` spreads itself")));
    }

    private Weight weigh(String text) {
        Document document = new Parser().parseDocument(text);
        Map<String, FragmentDefinition> fragments = document.getDefinitionsOfType(FragmentDefinition.class).stream()
                .collect(Collectors.toMap(FragmentDefinition::getName, Function.identity()));
        Map<String, Object> variables =
                text.contains("$n: Int = 9") ? Map.of("n", 9) : Map.of("some", 4, "ids", List.of("1", "2", "3", "4"));
        return new OperationWeigher(schema, fragments, variables)
                .weigh(document.getDefinitionsOfType(OperationDefinition.class).getFirst());
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
