package io.taggateway.access.http;

import graphql.execution.AbortExecutionException;
import graphql.language.OperationDefinition.Operation;
import io.taggateway.tagging.operation.ShelfLife;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;

/** The operation of one HTTP request: what it may be, what it is, and how long its answer can be kept. */
final class HttpOperation {

    /** The name of the request's attribute that holds this, and of the key in GraphQL's context. */
    static final String KEY = HttpOperation.class.getName();

    private final HttpMethod method;
    private final AnswerType answerType;
    private final ShelfLife shelfLife = new ShelfLife();
    private volatile @Nullable Operation kind;
    private volatile @Nullable ResponseStatusException refusal;

    HttpOperation(HttpMethod method, AnswerType answerType) {
        this.method = method;
        this.answerType = answerType;
    }

    ShelfLife shelfLife() {
        return shelfLife;
    }

    /** Whether it is a query that has begun. */
    boolean isQuery() {
        return kind == Operation.QUERY;
    }

    /** Whether a GET asks. */
    boolean isByGet() {
        return !method.equals(HttpMethod.POST);
    }

    /** Why it may not be done; null where it may, or as long as it is not known what it is. */
    @Nullable
    ResponseStatusException refusal() {
        return refusal;
    }

    /**
     * What it is, as soon as that is known.
     *
     * @throws AbortExecutionException where it may not be that
     */
    void begin(Operation operation) {
        kind = operation;
        ResponseStatusException reason = reasonAgainst(operation);
        if (reason != null) {
            refusal = reason;
            throw new AbortExecutionException(reason);
        }
    }

    private @Nullable ResponseStatusException reasonAgainst(Operation operation) {
        boolean streamless = operation == Operation.SUBSCRIPTION && answerType != AnswerType.EVENT_STREAM;
        if (isByGet() && (operation == Operation.MUTATION || streamless)) {
            return new MethodNotAllowedException(method, Set.of(HttpMethod.POST));
        }
        return streamless ? new NotAcceptableStatusException(List.of(AnswerType.EVENT_STREAM.mediaType())) : null;
    }
}
