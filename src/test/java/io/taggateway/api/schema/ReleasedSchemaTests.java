package io.taggateway.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.schema.idl.SchemaPrinter;
import io.taggateway.support.GatewayTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;

/**
 * Tests that the schema has everything that was released. With {@code -Dschema.release=true}, the current schema is
 * released.
 */
@GatewayTest
class ReleasedSchemaTests {

    private static final boolean RELEASE = Boolean.getBoolean("schema.release");
    private static final Path RELEASED = Path.of("schema/released/schema.graphqls");

    private static final String SCHEMA = """
        directive @key(fields: String!) repeatable on OBJECT
        type Query {
          thing(id: ID!, size: Int = 1, all: [String]): Thing
          things: [Thing!]!
        }
        interface Node { id: ID! }
        type Thing implements Node @key(fields: "id") @key(fields: "name") {
          id: ID!
          name: String # free
          old: String @deprecated(reason: "Ask for name.")
          shape: Shape
        }
        type Other { name: String! }
        union Either = Thing | Other
        enum Shape { ROUND FLAT }
        input One @oneOf { a: ID b: String }
        input Many { must: Int! may: Int = 7 }
        scalar Instant
        """;

    @Test
    void everythingReleasedIsStillPresent(@Autowired GraphQlSource source) throws IOException {
        String today = new SchemaPrinter().print(source.schema());
        if (RELEASE) {
            Files.writeString(RELEASED, today);
        }
        assertThat(SchemaComparison.breaking(Files.readString(RELEASED), today))
                .as("changes that break clients; where they are meant, release them with:"
                        + " mvn test -Dtest=ReleasedSchemaTests -Dschema.release=true")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "scalar Instant              ~ ``                          ~ Instant is gone",
                "  things: [Thing!]!         ~ ``                          ~ Query.things is gone",
                "name: String # free ~ ``                          ~ Thing.name is gone",
                "id: ID!, size               ~ size                        ~ Query.thing(id) is gone",
                "may: Int = 7                ~ ``                          ~ Many.may is gone",
                "ROUND FLAT                  ~ ROUND                       ~ Shape.FLAT is gone",
                "= Thing | Other ~ = Thing ~ Either | Other is gone",
                "Thing implements Node       ~ Thing                       ~ Thing implements Node is gone",
                "scalar Instant              ~ enum Instant { NOW }        ~ Instant was Scalar and is Enum",
                "[Thing!]!                   ~ [Thing!]                    ~ Query.things was [Thing!]! and is"
                        + " [Thing!]",
                "[Thing!]!                   ~ [Thing]!                    ~ Query.things was [Thing!]! and is"
                        + " [Thing]!",
                "[Thing!]!                   ~ Thing!                      ~ Query.things was [Thing!]! and is Thing!",
                "shape: Shape                ~ shape: [Shape]              ~ Thing.shape was Shape and is [Shape]",
                "shape: Shape                ~ shape: String               ~ Thing.shape was Shape and is String",
                "all: [String]               ~ all: [String!]              ~ Query.thing(all) was [String] and is"
                        + " [String!]",
                "all: [String]               ~ all: [String]!              ~ Query.thing(all) was [String] and is"
                        + " [String]!",
                "all: [String]               ~ all: String                 ~ Query.thing(all) was [String] and is"
                        + " String",
                "size: Int = 1               ~ size: Int! = 1              ~ Query.thing(size) was Int and is Int!",
                "may: Int = 7                ~ may: Float = 7              ~ Many.may was Int and is Float",
                "size: Int = 1               ~ size: Int = 2               ~ Query.thing(size) had the default 1 and"
                        + " has 2",
                "size: Int = 1               ~ size: Int                   ~ Query.thing(size) had the default 1 and"
                        + " has null",
                "may: Int = 7                ~ may: Int = 8                ~ Many.may had the default 7 and has 8",
                "all: [String]               ~ all: [String] = []          ~ Query.thing(all) had the default null and"
                        + " has []",
                "id: ID!, size               ~ id: ID!, now: Int!, size    ~ Query.thing(now) is new and required",
                "must: Int!                  ~ must: Int! now: Int!        ~ Many.now is new and required",
                "One @oneOf                  ~ One                         ~ One has lost @oneOf",
                "@key(fields: \"name\")      ~ ``                          ~ Thing has lost @key[fields: \"name\"]",
                "@key(fields: \"name\")      ~ @key(fields: \"shape\")     ~ Thing has lost @key[fields: \"name\"]"
            })
    void changeThatBreaksClientsIsFound(String before, String after, String change) {
        assertThat(SCHEMA).contains(before);
        assertThat(SchemaComparison.breaking(SCHEMA, SCHEMA.replace(before, after)))
                .containsExactly(change);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "scalar Instant   ~ scalar Instant scalar More type Subscription { more(must: Int!): More }",
                "things:          ~ more(must: Int!): Int things:",
                "id: ID!, size    ~ id: ID!, now: Int, then: Int! = 1, size",
                "must: Int!       ~ must: Int now: Int",
                "id: ID!, size    ~ id: ID, size",
                "shape: Shape     ~ shape: Shape! @deprecated(reason: \"No more.\")",
                "ROUND FLAT       ~ ROUND FLAT OTHER",
                "name: String # free ~ name: String! more: Int",
                "@deprecated(reason: \"Ask for name.\") ~ ``",
                "type Other       ~ \"Described.\" type Other implements Node @key(fields: \"name\")",
                "directive @key(fields: String!) repeatable ~ directive @key(fields: String!, now: Int) repeatable"
            })
    void compatibleChangePasses(String before, String after) {
        assertThat(SCHEMA).contains(before);
        assertThat(SchemaComparison.breaking(SCHEMA, SCHEMA.replace(before, after)))
                .isEmpty();
    }
}
