package io.taggateway.access.limits;

import graphql.language.OperationDefinition.Operation;
import io.taggateway.api.scope.ScopeRequirement;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Determines the scopes that the arguments of a mutation or subscription require in addition to the field's {@code
 * @requiresScopes}: the scope of the subjects that they name, and the scope for creating tags.
 */
final class ArgumentScopeFinder {

    private ArgumentScopeFinder() {}

    static Set<ScopeRequirement> of(Map<String, Object> arguments, Operation operation) {
        Map<?, ?> members = arguments.get("input") instanceof Map<?, ?> input ? input : arguments;
        Set<ScopeRequirement> requirements = new LinkedHashSet<>();
        for (Object id : ids(members)) {
            addOf(id, operation == Operation.MUTATION ? "tags.write" : "read", requirements);
        }
        if (Boolean.TRUE.equals(members.get(ScopeRequirement.CREATES_TAGS))) {
            requirements.add(ScopeRequirement.WRITES_TAGS);
        }
        return requirements;
    }

    private static Collection<?> ids(Map<?, ?> members) {
        return members.get("subjectIds") instanceof Collection<?> ids
                ? ids
                : members.get("subjectId") instanceof String id ? List.of(id) : List.of();
    }

    /** A malformed id, or the id of a tag, is reported where the argument is read. */
    private static void addOf(Object id, String right, Set<ScopeRequirement> requirements) {
        try {
            NodeType type = GlobalId.parse(String.valueOf(id)).type();
            if (type != NodeType.TAG) {
                requirements.add(ScopeRequirement.all(type.word() + "s." + right));
            }
        } catch (BadInputException malformed) {
            // No subject is named, so there is nothing to deny
        }
    }
}
