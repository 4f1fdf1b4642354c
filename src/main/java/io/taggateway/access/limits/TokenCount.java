package io.taggateway.access.limits;

import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.parser.ParserOptions;
import graphql.parser.ParsingListener;
import java.util.List;

/** The tokens of one document, counted while it is read; nothing is read beyond an enforced limit. */
final class TokenCount implements ParsingListener {

    private final MeasuredLimit limit;
    private int count;

    private TokenCount(MeasuredLimit limit) {
        this.limit = limit;
    }

    /** A count of the document that is about to be read. The engine's own limit has to be out of this one's way. */
    static TokenCount listeningIn(GraphQLContext context, MeasuredLimit limit) {
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
            GraphQLError error = limit.refuse(count);
            throw error == null ? new IllegalStateException() : new AbortExecutionException(List.of(error));
        }
    }

    /** The document has been read to its end. */
    void finish() {
        limit.refuse(count);
    }
}
