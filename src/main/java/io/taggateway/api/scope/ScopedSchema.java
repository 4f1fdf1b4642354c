package io.taggateway.api.scope;

import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLDirectiveContainer;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that a schema requires, read once, and the same schema with data fetchers that check them. Only operations
 * that may require a scope that their caller lacks are executed with the latter.
 */
public final class ScopedSchema {

    /** Fields that are not in the gateway's SDL. */
    private static final Set<String> OF_SCHEMA = Set.of("__schema", "__type", "_service");

    private static final FieldScopeRequirement SCHEMA =
            new FieldScopeRequirement(List.of(ScopeRequirement.SCHEMA), false, Set.of(ScopeRequirement.SCHEMA));

    private final GraphQLSchema schema;
    private final Map<GraphQLFieldDefinition, FieldScopeRequirement> fields = new HashMap<>();
    private final Map<String, List<ScopeRequirement>> types = new HashMap<>();
    private final GraphQLSchema checked;

    ScopedSchema(GraphQLSchema schema) {
        this.schema = schema;
        schema.getAllTypesAsList().forEach(this::addType);
        schema.getAllTypesAsList().forEach(this::addFields);
        this.checked = schema.transformWithoutTypes(builder -> builder.codeRegistry(checkingFetchers()));
    }

    /** The schema whose data fetchers do not check scopes. */
    public GraphQLSchema schema() {
        return schema;
    }

    boolean isOf(GraphQLSchema other) {
        return schema.equals(other) || checked.equals(other);
    }

    /** The schema whose data fetchers check the scopes of the caller. */
    public GraphQLSchema checked() {
        return checked;
    }

    /** The requirements that may apply to a field of an object type, interface or of introspection. */
    public Set<ScopeRequirement> possible(GraphQLFieldDefinition field) {
        return scopesOf(field).possible();
    }

    /** The first requirement of a field, or of what it returns, that a caller with these scopes does not meet. */
    public @Nullable ScopeRequirement missing(GraphQLFieldDefinition field, Set<String> scopes) {
        return scopesOf(field).missing(scopes);
    }

    private FieldScopeRequirement scopesOf(GraphQLFieldDefinition field) {
        return OF_SCHEMA.contains(field.getName()) ? SCHEMA : fields.getOrDefault(field, FieldScopeRequirement.NONE);
    }

    /** The first requirement of an object type that a caller with these scopes does not meet; null if there is none. */
    @Nullable
    ScopeRequirement missingOfType(String type, Set<String> scopes) {
        return FieldScopeRequirement.missing(types.getOrDefault(type, List.of()), scopes);
    }

    private void addType(GraphQLNamedType type) {
        if (type instanceof GraphQLObjectType object) {
            List<ScopeRequirement> own = ScopeRequirement.of(object).toList();
            if (!own.isEmpty()) {
                types.put(type.getName(), own);
            }
        }
    }

    private void addFields(GraphQLNamedType type) {
        if (type instanceof GraphQLFieldsContainer container && !type.getName().startsWith("__")) {
            container.getFieldDefinitions().forEach(field -> addField(field, container));
        }
    }

    private void addField(GraphQLFieldDefinition field, GraphQLFieldsContainer parent) {
        List<ScopeRequirement> required = Stream.concat(
                        ScopeRequirement.of(field), ofType(GraphQLTypeUtil.unwrapAll(field.getType())))
                .distinct()
                .toList();
        List<ScopeRequirement> ofObjects = objects(GraphQLTypeUtil.unwrapAll(field.getType()))
                .flatMap(this::ofType)
                .toList();
        Set<ScopeRequirement> possible = Stream.of(
                        required.stream(), ofObjects.stream(), ofArguments(field), ofImplementations(field, parent))
                .flatMap(requirements -> requirements)
                .flatMap(ScopeRequirement::each)
                .collect(Collectors.toUnmodifiableSet());
        if (!possible.isEmpty()) {
            fields.put(field, new FieldScopeRequirement(required, !ofObjects.isEmpty(), possible));
        }
    }

    /** The additional requirement of a mutation, depending on its input. */
    private static Stream<ScopeRequirement> ofArguments(GraphQLFieldDefinition field) {
        return field.getArguments().stream()
                .map(argument -> GraphQLTypeUtil.unwrapAll(argument.getType()))
                .filter(type -> type instanceof GraphQLInputObjectType input
                        && input.getField(ScopeRequirement.CREATES_TAGS) != null)
                .map(type -> ScopeRequirement.WRITES_TAGS);
    }

    private Stream<ScopeRequirement> ofImplementations(GraphQLFieldDefinition field, GraphQLFieldsContainer parent) {
        return parent instanceof GraphQLInterfaceType
                ? objects(parent)
                        .map(object -> object.getFieldDefinition(field.getName()))
                        .filter(Objects::nonNull)
                        .flatMap(ScopeRequirement::of)
                : Stream.empty();
    }

    private Stream<ScopeRequirement> ofType(GraphQLType type) {
        return type instanceof GraphQLDirectiveContainer element ? ScopeRequirement.of(element) : Stream.empty();
    }

    /** The object types that an interface or union stands for. */
    private Stream<GraphQLObjectType> objects(GraphQLType type) {
        return switch (type) {
            case GraphQLInterfaceType parent -> schema.getImplementations(parent).stream();
            case GraphQLUnionType union ->
                union.getTypes().stream().map(member -> (GraphQLObjectType) schema.getType(member.getName()));
            default -> Stream.empty();
        };
    }

    private GraphQLCodeRegistry checkingFetchers() {
        GraphQLCodeRegistry code = schema.getCodeRegistry();
        return code.transform(builder -> schema.getAllTypesAsList().stream()
                .filter(GraphQLObjectType.class::isInstance)
                .map(GraphQLObjectType.class::cast)
                .forEach(type -> type.getFieldDefinitions().forEach(field -> {
                    FieldScopeRequirement scopes = fields.get(field);
                    if (scopes != null) {
                        DataFetcher<?> fetcher = code.getDataFetcher(type, field);
                        builder.dataFetcher(
                                FieldCoordinates.coordinates(type, field),
                                new ScopeCheckingFetcher(fetcher, scopes, this));
                    }
                })));
    }
}
