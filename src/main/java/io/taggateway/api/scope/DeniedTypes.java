package io.taggateway.api.scope;

import graphql.GraphQLContext;
import io.taggateway.tagging.model.ForbiddenException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.GroupId;
import io.taggateway.tagging.model.NodeId;
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

    /** Why an object is denied; null where it is not. */
    public @Nullable ForbiddenException refusal(NodeId id) {
        if (schema == null) {
            return null;
        }
        return refusal(
                switch (id) {
                    case GlobalId object ->
                        Character.toUpperCase(object.type().word().charAt(0))
                                + object.type().word().substring(1);
                    case GroupId group -> "TagGroup";
                });
    }

    /**
     * Refuses an object.
     *
     * @throws ForbiddenException if it is denied
     */
    public void check(NodeId id) {
        ForbiddenException refusal = refusal(id);
        if (refusal != null) {
            throw refusal;
        }
    }
}
