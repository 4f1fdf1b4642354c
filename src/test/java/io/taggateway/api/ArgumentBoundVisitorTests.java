package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingEnvironmentImpl;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLInputValueDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.TestGateway;
import io.taggateway.tagging.model.BadInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;

/** Tests that each list and each text in the arguments of the schema has a bound, which the error names. */
@GatewayTest
class ArgumentBoundVisitorTests {

    private static final int BEYOND_ALL_BOUNDS = 5_000;
    private static final Set<String> TEXTS = Set.of("String", "ID");

    private final TestGateway gateway;
    private final GraphQLSchema schema;

    ArgumentBoundVisitorTests(TestGateway gateway, @Autowired GraphQlSource source) {
        this.gateway = gateway;
        this.schema = source.schema();
    }

    /** The arguments of a field with one list or text that is too long. */
    private record Excess(
            GraphQLObjectType type, GraphQLFieldDefinition field, String name, Map<String, Object> arguments) {

        void expectRefusal(GraphQLSchema schema) {
            DataFetchingEnvironment environment = DataFetchingEnvironmentImpl.newDataFetchingEnvironment()
                    .graphQLContext(GraphQLContext.newContext().build())
                    .fieldDefinition(field)
                    .parentType(type)
                    .arguments(arguments)
                    .build();
            assertThatThrownBy(() -> schema.getCodeRegistry()
                            .getDataFetcher(FieldCoordinates.coordinates(type, field), field)
                            .get(environment))
                    .as("%s.%s(%s)", type.getName(), field.getName(), name)
                    .isInstanceOf(BadInputException.class)
                    .message()
                    .matches("`" + name + "` may have \\d+ (entries|characters), but has " + BEYOND_ALL_BOUNDS + "\\.");
        }
    }

    @Test
    void everyListAndTextIsRefusedWhenTooLong() {
        List<Excess> excesses = excesses();
        assertThat(excesses.stream().map(excess -> excess.field().getName() + "." + excess.name()))
                .contains("nodes.ids", "_entities.representations", "syncTags.slugs", "tagSubjects.subjectIds")
                .contains("calls.anyTag", "calls.employeeIds", "tagChanged.vendors", "createTag.name", "calls.search");
        excesses.forEach(excess -> excess.expectRefusal(schema));
    }

    @ParameterizedTest
    @CsvSource({
        "nodes(ids: $list) { id }, ids, ID!, 1000",
        "tags(filter: {slugs: $list}) { totalCount }, slugs, String!, 1000",
        "calls(filter: {employeeIds: $list}) { nodes { id } }, employeeIds, String!, 100"
    })
    void errorNamesTheBoundAndValuesWithinItAreAccepted(String field, String name, String type, int bound) {
        String document = "query($list: [" + type + "]!) { " + field + " }";
        gateway.execute(document, Map.of("list", Collections.nCopies(bound, "sipsim:tag:1")))
                .path(field.substring(0, field.indexOf('(')))
                .hasValue();
        gateway.execute(document, Map.of("list", Collections.nCopies(bound + 1, "sipsim:tag:1")))
                .errors()
                .satisfy(errors -> {
                    assertThat(errors).hasSize(1);
                    assertThat(errors.getFirst().getExtensions()).containsEntry("code", "BAD_USER_INPUT");
                    assertThat(errors.getFirst().getMessage())
                            .isEqualTo("`%s` may have %d entries, but has %d.".formatted(name, bound, bound + 1));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "tags(filter: {nameContains: $text}) { totalCount }",
        "tagGroups(filter: {nameContains: $text}) { totalCount }",
        "calls(filter: {search: $text}) { nodes { id } }",
        "contacts(filter: {search: $text}) { nodes { id } }",
        "calls(filter: {anyTag: [{name: $text}]}) { nodes { id } }",
        "tags(filter: {slugs: [$text]}) { totalCount }",
        "tags(first: 1 after: $text) { totalCount }",
    })
    void unpairedSurrogatesAndLongRunsOfMarksAreRefused(String field) {
        for (String text : List.of("a\uD83D", "\u0301\u0323".repeat(30_000))) {
            gateway.execute("query($text: String!) { " + field + " }", Map.of("text", text))
                    .errors()
                    .satisfy(errors ->
                            assertThat(errors.getFirst().getExtensions()).containsEntry("code", "BAD_USER_INPUT"));
        }
    }

    @ParameterizedTest
    @CsvSource({"TagGroup, slug", "Tag, id", "Call, remoteId", "Contact, vendor"})
    void memberOfARepresentationIsRefusedWhenItIsTooLongOrNoString(String type, String member) {
        for (String text : List.of("\u0301\u0323".repeat(30_000), "a\uD83D")) {
            Map<String, Object> representation =
                    Map.of("__typename", type, "vendor", "SIPSIM", "remoteId", "1", "name", "");
            Map<String, Object> odd = new HashMap<>(representation);
            odd.put(member, text);
            gateway.execute(
                            "query($any: [_Any!]!) { _entities(representations: $any) { __typename } }",
                            Map.of("any", List.of(odd)))
                    .errors()
                    .satisfy(errors ->
                            assertThat(errors.getFirst().getExtensions()).containsEntry("code", "BAD_USER_INPUT"));
        }
    }

    @Test
    void listOfErrorsIsBounded() {
        String slugs = "\"nothing\", ".repeat(1000);
        assertThat(MutationResponse.of(gateway, "syncTags(input: {from: SIPSIM, to: SWIPEONE, slugs: [" + slugs + "]})")
                        .userErrors())
                .hasSize(21)
                .endsWith("NOT_FOUND@input.slugs.19", "TOO_MANY@input");
        assertThat(MutationResponse.of(
                                gateway,
                                "addTags(input: {subjectId: \"sipsim:call:100400\", tags: ["
                                        + "{name: \"nothing\"}, ".repeat(100) + "]})")
                        .userErrors())
                .hasSize(21)
                .endsWith("NOT_FOUND@input.tags.19.name", "TOO_MANY@input");
    }

    private List<Excess> excesses() {
        List<Excess> excesses = new ArrayList<>();
        for (GraphQLNamedType named : schema.getAllTypesAsList()) {
            if (named instanceof GraphQLObjectType type && !type.getName().startsWith("__")) {
                type.getFieldDefinitions()
                        .forEach(field -> field.getArguments()
                                .forEach(argument -> values(argument)
                                        .forEach(value -> excesses.add(new Excess(
                                                type,
                                                field,
                                                value.getKey(),
                                                Map.of(argument.getName(), value.getValue()))))));
            }
        }
        return excesses;
    }

    /** Each list or text in an input value: its name, and the value with only this part. */
    private static List<Map.Entry<String, Object>> values(GraphQLInputValueDefinition definition) {
        List<Map.Entry<String, Object>> values = new ArrayList<>();
        GraphQLInputType type = definition.getType();
        GraphQLType nullable = GraphQLTypeUtil.unwrapNonNull(type);
        GraphQLType element = GraphQLTypeUtil.unwrapAll(type);
        boolean list = nullable instanceof GraphQLList;
        if (list) {
            values.add(Map.entry(definition.getName(), Collections.nCopies(BEYOND_ALL_BOUNDS, Map.of())));
        }
        if (element instanceof GraphQLInputObjectType input) {
            input.getFieldDefinitions()
                    .forEach(member -> values(member).forEach(value -> {
                        Map<String, Object> object = Map.of(member.getName(), value.getValue());
                        values.add(Map.entry(value.getKey(), list ? List.of(object) : object));
                    }));
        } else if (TEXTS.contains(((GraphQLNamedType) element).getName())) {
            String text = "a".repeat(BEYOND_ALL_BOUNDS);
            values.add(Map.entry(definition.getName(), list ? List.of(text) : text));
        }
        return values;
    }
}
