package io.taggateway.access.limits;

import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.parser.ParserOptions;
import graphql.parser.ParsingListener;
import io.taggateway.api.error.ErrorCode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tokens of one document, counted while it is read; nothing is read beyond an enforced limit. */
final class TokenCount implements ParsingListener {

    private final OperationLimit limit;
    private int count;

    private TokenCount(OperationLimit limit) {
        this.limit = limit;
    }

    /** A count of the document that is about to be read. The engine's own limit has to be out of this one's way. */
    static TokenCount listeningIn(GraphQLContext context, OperationLimit limit) {
        TokenCount count = new TokenCount(limit);
        context.put(
                ParserOptions.class,
                ParserOptions.getDefaultOperationParserOptions()
                        .transform(
                                options -> options.maxTokens(Integer.MAX_VALUE).parsingListener(count)));
        return count;
    }

    @Override
    public void onToken(Token token) {
        count++;
        if (count > limit.max() && limit.isEnforced()) {
            throw new AbortExecutionException(List.of(Objects.requireNonNull(check())));
        }
    }

    /** The document has been read to its end. */
    void finish() {
        check();
    }

    private @Nullable GraphQLError check() {
        return limit.check(
                count, ErrorCode.GRAPHQL_PARSE_FAILED, "The document has %d tokens or more, but %d is the most.");
    }
}
