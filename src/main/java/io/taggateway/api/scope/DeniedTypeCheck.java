package io.taggateway.api.scope;

import graphql.GraphQLContext;
import io.taggateway.tagging.model.ForbiddenException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.GroupId;
import io.taggateway.tagging.model.NodeId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The object types that the caller of an operation is denied. Fields that read objects by id check them before any
 * vendor request; returned objects are checked anyway.
 */
public final class DeniedTypeCheck {

    private static final DeniedTypeCheck NONE = new DeniedTypeCheck(null, Set.of());

    private final @Nullable ScopedSchema schema;
    private final Set<String> scopes;

    private DeniedTypeCheck(@Nullable ScopedSchema schema, Set<String> scopes) {
        this.schema = schema;
        this.scopes = scopes;
    }

    /** The denied types of an operation. */
    public static DeniedTypeCheck in(GraphQLContext context) {
        return context.getOrDefault(DeniedTypeCheck.class, NONE);
    }

    /** Whether the caller of an operation may be denied anything. */
    public static boolean isNeeded(GraphQLContext context) {
        return context.hasKey(DeniedTypeCheck.class);
    }

    /** Denies an operation the types that require other scopes than these. */
    public static void put(GraphQLContext context, ScopedSchema schema, Set<String> scopes) {
        context.put(DeniedTypeCheck.class, new DeniedTypeCheck(schema, scopes));
    }

    /** The reason why a type is denied; null if it is not denied. */
    public @Nullable ForbiddenException refusal(String type) {
        ScopeRequirement missing = schema == null ? null : schema.missingOfType(type, scopes);
        return missing == null ? null : missing.refusal(type);
    }

    /** The reason why an object is denied; null if it is not denied. */
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
     * Checks that an object is not denied.
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
