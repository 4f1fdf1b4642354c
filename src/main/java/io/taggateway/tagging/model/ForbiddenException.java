package io.taggateway.tagging.model;

import java.util.List;
import java.util.stream.Collectors;

/** The caller lacks the scopes for an element of the schema. */
public final class ForbiddenException extends GatewayException {

    private static final long serialVersionUID = 1L;

    private final transient List<List<String>> requiredScopes;

    /**
     * Creates an exception whose message names the scopes.
     *
     * @param what the denied element, such as {@code Query.tags}
     * @param requiredScopes the alternatives, each a list of scopes that are needed together
     */
    public ForbiddenException(String what, List<List<String>> requiredScopes) {
        super("`" + what + "` needs " + describe(requiredScopes) + ", which the caller does not have.");
        this.requiredScopes = requiredScopes;
    }

    private static String describe(List<List<String>> alternatives) {
        boolean one = alternatives.size() == 1 && alternatives.getFirst().size() == 1;
        return alternatives.stream()
                .map(scopes -> scopes.stream().collect(Collectors.joining("` and `", "`", "`")))
                .collect(Collectors.joining(", or ", one ? "the scope " : "the scopes ", ""));
    }

    public List<List<String>> requiredScopes() {
        return requiredScopes;
    }
}
