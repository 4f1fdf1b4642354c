package io.taggateway.api.scope;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLDirectiveContainer;
import io.taggateway.tagging.model.ForbiddenException;
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

    /** What reads the schema itself. */
    static final ScopeRequirement SCHEMA = all("schema.read");

    /** The member of an input that asks for tags to be created, and what it needs. */
    public static final String CREATES_TAGS = "createMissing";

    public static final ScopeRequirement WRITES_TAGS = all("tags.write");

    /** What the least of responses need that are made of vendors' data. */
    public static final ScopeRequirement READS_TAGS = all("tags.read");

    /** All of some scopes. */
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

    /** Each alternative as a requirement: which of them counts may be for arguments to decide. */
    Stream<ScopeRequirement> each() {
        return alternatives.stream().map(scopes -> new ScopeRequirement(List.of(scopes)));
    }

    /** Whether a caller with these scopes may have what needs them. */
    public boolean isMetBy(Set<String> scopes) {
        for (List<String> alternative : alternatives) {
            if (scopes.containsAll(alternative)) {
                return true;
            }
        }
        return false;
    }

    /** The refusal of something that needs them. */
    public ForbiddenException refusal(String what) {
        return new ForbiddenException(what, alternatives);
    }
}
