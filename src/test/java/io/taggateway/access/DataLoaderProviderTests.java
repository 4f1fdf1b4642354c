package io.taggateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQLContext;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import io.taggateway.access.limits.OperationAnalyzer;
import io.taggateway.support.GatewayTest;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.graphql.execution.GraphQlSource;

/** Tests that an operation has data loaders only if one of its fields is loaded in batches. */
@GatewayTest
class DataLoaderProviderTests {

    private final DataLoaderProvider provider;
    private final GraphQLSchema schema;

    DataLoaderProviderTests(
            @Autowired BatchLoaderRegistry loaders,
            @Autowired OperationAnalyzer analyzer,
            @Autowired GraphQlSource source) {
        this.provider = new DataLoaderProvider(loaders, analyzer);
        this.schema = source.schema();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ tags { nodes { group { slug } } } }",
                "{ node(id: 1) { ... on Tag { group { slug } } } }",
                "{ calls { nodes { ...C } } } fragment C on Call { contact { id } }",
                "{ node(id: 1) { ... on Taggable { tags { id } } } }",
                "query A { vendors { vendor } } query B { contacts { nodes { tags { id } } } }",
                "mutation { updateTag(input: {id: 1}) { tag { group { slug } } } }",
                "subscription { tagChanged { tag { group { slug } } } }"
            })
    void findsLoadersIfFieldIsLoadedInBatches(String document) {
        assertThat(find(document))
                .satisfies(found -> assertThat(found.getKeys()).contains("Tag.group", "Call.contact", "Contact.tags"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ tags { nodes { id name color { hex } } } }",
                "{ calls { nodes { id tags { id } } } }",
                "{ group: tag(id: 1) { id contact: name } }",
                "{ tagGroups { nodes { tags { id } } } }",
                "mutation { deleteTag(input: {id: 1}) { userErrors { message } } }"
            })
    void findsNoneIfNoFieldIsLoadedInBatches(String document) {
        assertThat(find(document)).isNull();
    }

    private @Nullable DataLoaderRegistry find(String document) {
        return provider.find(Parser.parse(document), schema, GraphQLContext.getDefault());
    }
}
