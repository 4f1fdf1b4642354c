package io.taggateway.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.schema.idl.SchemaPrinter;
import io.taggateway.support.GatewayTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;

/** Tests that the schema conforms to the rules, and that each violation is found. */
@GatewayTest
class SchemaLintTests {

    /** A small conforming schema, which tests change to violate each rule. */
    private static final String FLAWLESS = """
        "R" type Query {
          "F" node("A" id: ID!): Node
          "F" tags("A" first: Int "A" after: String "A" last: Int "A" before: String): TagConnection
        }
        "R" interface Node { "F" id: ID! }
        "T" type Tag implements Node { "F" id: ID! "F" old: String @deprecated(reason: "Ask for id.") }
        "T" type TagConnection { "F" edges: [TagEdge!]! "F" nodes: [Tag!]! "F" pageInfo: PageInfo! }
        "T" type TagEdge { "F" cursor: String! "F" node: Tag! }
        "T" type PageInfo {
          "F" hasNextPage: Boolean! "F" hasPreviousPage: Boolean! "F" startCursor: String "F" endCursor: String
        }
        "R" type Mutation { "F" mendTag("A" input: MendTagInput!): MendTagPayload! }
        "I" input MendTagInput { "M" well: Boolean = true }
        "T" type MendTagPayload { "F" kind: Kind "F" userErrors: [UserError!]! }
        "T" type UserError { "F" message: String! }
        "E" enum Kind { "V" ONE_KIND }
        """;

    @Test
    void schemaHasNoViolation(@Autowired GraphQlSource source) {
        String sdl = new SchemaPrinter().print(source.schema());
        assertThat(sdl).contains("type TagConnection", "type Mutation");
        assertThat(SchemaLint.complaints(sdl)).isEmpty();
    }

    @Test
    void conformingSchemaHasNoViolation() {
        assertThat(SchemaLint.complaints(FLAWLESS)).isEmpty();
    }

    @Test
    void additionsOfFederationAreNoViolation() {
        String federated = FLAWLESS.replace(
                        "\"R\" type Query {",
                        "\"R\" type Query { _entities(representations: [_Any!]!): [_Entity]! _service: _Service")
                + "scalar _Any scalar link__Import union _Entity = Tag type _Service { sdl: String! }";
        assertThat(SchemaLint.complaints(federated)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "enum Kind                     | enum kind_of             | kind_of is not PascalCase",
                "message: String!              | Message: String!         | UserError.Message is not camelCase",
                "id: ID!): Node                | node_id: ID!): Node      | Query.node(node_id) is not camelCase",
                "well: Boolean                 | be_well: Boolean         | MendTagInput.be_well is not camelCase",
                "ONE_KIND                      | oneKind                  | Kind.oneKind is not UPPER_CASE",
                "well: Boolean                 | isWell: Boolean          | MendTagInput.isWell needs no `is`",
                "\"T\" type UserError          | type UserError           | UserError has no description",
                "\"F\" message                 | \" \" message            | UserError.message has no description",
                "\"A\" id                      | id                       | Query.node(id) has no description",
                "\"V\" ONE_KIND                | ONE_KIND                 | Kind.ONE_KIND has no description",
                "\"M\" well                    | well                     | MendTagInput.well has no description",
                "(reason: \"Ask for id.\")     | ``                       | Tag.old is deprecated without a reason",
                "\"Ask for id.\"               | \"No longer supported\"  | Tag.old is deprecated without a reason",
                "kind: Kind                    | kinds: [Kind]!           | MendTagPayload.kinds is a list with gaps",
                "well: Boolean = true          | all: [Boolean]           | MendTagInput.all is a list with gaps",
                "edges: [TagEdge!]!            | edges: [TagEdge!]        | TagConnection.edges is not [TagEdge!]!",
                "\"F\" nodes: [Tag!]!          | ``                       | TagConnection.nodes is missing",
                "\"F\" pageInfo: PageInfo!     | ``                       | TagConnection.pageInfo is missing",
                "\"F\" cursor: String!         | ``                       | TagEdge.cursor is missing",
                "node: Tag!                    | node: Tag                | TagEdge.node is not Tag!",
                "\"F\" endCursor: String       | ``                       | PageInfo.endCursor is missing",
                "\"A\" first: Int              | ``                       | Query.tags(first) is missing",
                "\"A\" after: String           | ``                       | Query.tags(after) is missing",
                "\"A\" last: Int               | ``                       | Query.tags(last) is missing",
                "before: String                | before: ID               | Query.tags(before) is not String",
                "type Tag implements Node      | type Tag                 | Tag implements Node is missing",
                "input: MendTagInput!          | input: MendTagInput      | Mutation.mendTag(input) is not"
                        + " MendTagInput!",
                "(\"A\" input:                 | (\"A\" now: Boolean \"A\" input:"
                        + " | Mutation.mendTag(now) belongs into the input",
                "): MendTagPayload!            | ): MendTagPayload        | Mutation.mendTag is not MendTagPayload!",
                "): MendTagPayload!            | ): UserError!            | Mutation.mendTag is not MendTagPayload!",
                "\"F\" userErrors: [UserError!]! | ``                     | MendTagPayload.userErrors is missing"
            })
    void flawIsFound(String good, String bad, String complaint) {
        assertThat(FLAWLESS).contains(good);
        String flawed = FLAWLESS.replace(good, bad);
        assertThat(SchemaLint.complaints(flawed)).contains(complaint).satisfies(this::concernsOneThing);
    }

    /** One mistake may cause further violations, such as missing fields of a wrong type. */
    private void concernsOneThing(List<? extends String> complaints) {
        assertThat(complaints).hasSizeLessThanOrEqualTo(2);
    }
}
