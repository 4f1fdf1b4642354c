package io.taggateway.api.scope;

import graphql.GraphQLContext;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLDirectiveContainer;
import io.taggateway.tagging.model.ForbiddenException;
import io.taggateway.tagging.operation.OperationContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The scopes that a field or type needs, as {@code @requiresScopes} has them.
 *
 * @param alternatives lists of scopes; a caller needs all scopes of one list
 */
public record ScopeRequirement(List<List<String>> alternatives) {

    static final String DIRECTIVE = "requiresScopes";

    /** The requirement for reading the schema. */
    static final ScopeRequirement SCHEMA = all("schema.read");

    /** The input field that requests creating tags, and its requirement. */
    public static final String CREATES_TAGS = "createMissing";

    public static final ScopeRequirement WRITES_TAGS = all("tags.write");

    /** The requirement for tags, which applies to every response with vendors' data. */
    public static final ScopeRequirement READS_TAGS = all("tags.read");

    /** A requirement of all of some scopes. */
    public static ScopeRequirement all(String... scopes) {
        return new ScopeRequirement(List.of(List.of(scopes)));
    }

    /** The requirement that a field or type declares, if it does. */
    static Stream<ScopeRequirement> of(GraphQLDirectiveContainer element) {
        GraphQLAppliedDirective directive = element.getAppliedDirective(DIRECTIVE);
        if (directive == null) {
            return Stream.empty();
        }
        List<List<String>> scopes = directive.getArgument("scopes").getValue();
        return Stream.of(new ScopeRequirement(scopes));
    }

    /** Each alternative as a requirement, as arguments may determine which of them applies. */
    Stream<ScopeRequirement> each() {
        return alternatives.stream().map(scopes -> new ScopeRequirement(List.of(scopes)));
    }

    /** Whether these scopes satisfy the requirement. */
    public boolean isSatisfiedBy(Set<String> scopes) {
        for (List<String> alternative : alternatives) {
            if (scopes.containsAll(alternative)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the caller of an operation satisfies the requirement. */
    public boolean isSatisfiedIn(GraphQLContext context) {
        return isSatisfiedBy(OperationContext.require(context.get(OperationContext.KEY))
                .origin()
                .caller()
                .scopes());
    }

    /** The error for an element that is denied. */
    public ForbiddenException refusal(String what) {
        return new ForbiddenException(what, alternatives);
    }
}
