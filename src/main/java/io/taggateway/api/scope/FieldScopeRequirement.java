package io.taggateway.api.scope;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that a field needs with the object that it returns.
 *
 * @param required the requirements of the field itself, and of the type that it returns if that is an object type
 * @param dependsOnType whether the types that an interface or union stands for have requirements, too
 * @param possible all requirements that may apply, whatever its arguments and its value; a caller that satisfies these
 *     is not checked
 */
record FieldScopeRequirement(List<ScopeRequirement> required, boolean dependsOnType, Set<ScopeRequirement> possible) {

    static final FieldScopeRequirement NONE = new FieldScopeRequirement(List.of(), false, Set.of());

    /** The first requirement that these scopes do not satisfy, whatever the object's type; null if there is none. */
    @Nullable
    ScopeRequirement missing(Set<String> scopes) {
        return missing(required, scopes);
    }

    static @Nullable ScopeRequirement missing(List<ScopeRequirement> requirements, Set<String> scopes) {
        for (ScopeRequirement requirement : requirements) {
            if (!requirement.isSatisfiedBy(scopes)) {
                return requirement;
            }
        }
        return null;
    }
}
