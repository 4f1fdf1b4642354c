package io.taggateway.api.scope;

import graphql.GraphQLContext;
import io.taggateway.tagging.model.ForbiddenException;
import io.taggateway.tagging.model.NodeType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The object types that the caller of an operation has not the scopes for. What gets objects by their ids asks this
 * before it asks a vendor; what is returned is checked anyway.
 */
public final class DeniedTypes {

    private static final DeniedTypes NONE = new DeniedTypes(null, Set.of());

    private final @Nullable ScopedSchema schema;
    private final Set<String> scopes;

    private DeniedTypes(@Nullable ScopedSchema schema, Set<String> scopes) {
        this.schema = schema;
        this.scopes = scopes;
    }

    /** Those of an operation. */
    public static DeniedTypes in(GraphQLContext context) {
        return context.getOrDefault(DeniedTypes.class, NONE);
    }

    /** Whether something may be denied to the caller of an operation. */
    public static boolean areIn(GraphQLContext context) {
        return context.hasKey(DeniedTypes.class);
    }

    /** Denies an operation the types that a caller with these scopes may not have. */
    public static void put(GraphQLContext context, ScopedSchema schema, Set<String> scopes) {
        context.put(DeniedTypes.class, new DeniedTypes(schema, scopes));
    }

    /** Why a type is denied; null if it is not. */
    public @Nullable ForbiddenException refusal(String type) {
        ScopeRequirement missing = schema == null ? null : schema.missingOfType(type, scopes);
        return missing == null ? null : missing.refusal(type);
    }

    /** Why objects of a kind are denied; null if they are not. */
    public @Nullable ForbiddenException refusal(NodeType type) {
        String word = type.word();
        return schema == null ? null : refusal(Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }

    /**
     * Refuses objects of a kind.
     *
     * @throws ForbiddenException if the kind is denied
     */
    public void check(NodeType type) {
        ForbiddenException refusal = refusal(type);
        if (refusal != null) {
            throw refusal;
        }
    }
}
