package io.taggateway.api;

import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLInputValueDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLTypeVisitorStub;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.TagName;
import io.taggateway.tagging.model.Unicode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bounds of all arguments: the number of entries of lists, and of characters of texts. They are checked at every
 * depth of the arguments before a field's data fetcher is called. They apply to every field of the schema.
 */
final class ArgumentBoundVisitor extends GraphQLTypeVisitorStub {

    /** The maximum length of an id: a vendor's id with the names of its vendor and type. */
    private static final int ID_LENGTH = 600;

    private static final int CURSOR_LENGTH = 4096;

    private final int entries;
    private final Map<String, Integer> listBounds;
    private final Map<String, Integer> textBounds;

    ArgumentBoundVisitor(ArgumentProperties properties) {
        this.entries = properties.maxEntries();
        this.listBounds = Map.of("TagRef", properties.maxReferences(), "employeeIds", properties.maxReferences());
        this.textBounds = Map.of(
                "ID",
                ID_LENGTH,
                "description",
                properties.maxDescription(),
                "after",
                CURSOR_LENGTH,
                "before",
                CURSOR_LENGTH);
    }

    /**
     * The configurable bounds.
     *
     * @param maxEntries the maximum number of entries of a list
     * @param maxReferences the maximum number of tag references, each of which may create a tag, or of employee ids
     * @param maxDescription the maximum number of characters of a description
     */
    @ConfigurationProperties(prefix = "gateway.arguments", ignoreUnknownFields = false)
    record ArgumentProperties(
            @DefaultValue("1000") int maxEntries,
            @DefaultValue("100") int maxReferences,
            @DefaultValue("4096") int maxDescription) {

        ArgumentProperties {
            if (maxEntries < 1 || maxReferences < 1 || maxDescription < 1) {
                throw new IllegalArgumentException("Each of gateway.arguments must be at least 1");
            }
        }
    }

    /** Adds the check before the data fetcher of each field with arguments. */
    @Override
    public TraversalControl visitGraphQLFieldDefinition(
            GraphQLFieldDefinition field, TraverserContext<GraphQLSchemaElement> context) {
        GraphQLFieldsContainer parent = (GraphQLFieldsContainer) context.getParentNode();
        if (!field.getArguments().isEmpty() && !parent.getName().startsWith("__")) {
            GraphQLCodeRegistry.Builder registry = context.getVarFromParents(GraphQLCodeRegistry.Builder.class);
            FieldCoordinates coordinates = FieldCoordinates.coordinates(parent, field);
            DataFetcher<?> fetcher = registry.getDataFetcher(coordinates, field);
            DataFetcher<?> checked = environment -> {
                check(field.getArguments(), environment.getArguments());
                return fetcher.get(environment);
            };
            registry.dataFetcher(coordinates, checked);
        }
        return TraversalControl.CONTINUE;
    }

    private void check(List<? extends GraphQLInputValueDefinition> definitions, Map<?, ?> values) {
        for (GraphQLInputValueDefinition definition : definitions) {
            Object value = values.get(definition.getName());
            if (value != null) {
                check(definition.getName(), definition.getType(), value);
            }
        }
    }

    private void check(String name, GraphQLInputType type, Object value) {
        GraphQLType nullable = GraphQLTypeUtil.unwrapNonNull(type);
        String element = ((GraphQLNamedType) GraphQLTypeUtil.unwrapAll(type)).getName();
        if (nullable instanceof GraphQLList list && value instanceof Collection<?> items) {
            checkSize(name, "entries", items.size(), bound(listBounds, element, name, entries));
            items.forEach(entry -> checkNullable(name, (GraphQLInputType) list.getWrappedType(), entry));
        } else if (nullable instanceof GraphQLInputObjectType input && value instanceof Map<?, ?> members) {
            check(input.getFieldDefinitions(), members);
        } else if (value instanceof String text) {
            checkText(name, text, bound(textBounds, element, name, TagName.MAX_LENGTH));
        }
    }

    private void checkNullable(String name, GraphQLInputType type, @Nullable Object value) {
        if (value != null) {
            check(name, type, value);
        }
    }

    private static void checkText(String name, String text, int bound) {
        checkSize(name, "characters", text.length(), bound);
        if (Unicode.hasLoneSurrogate(text)) {
            throw new BadInputException("`" + name + "` contains an unpaired surrogate.");
        }
    }

    private static void checkSize(String name, String parts, int size, int bound) {
        if (size > bound) {
            throw new BadInputException("`%s` may have %d %s, but has %d.".formatted(name, bound, parts, size));
        }
    }

    private static int bound(Map<String, Integer> bounds, String type, String name, int otherwise) {
        return bounds.getOrDefault(type, bounds.getOrDefault(name, otherwise));
    }
}
