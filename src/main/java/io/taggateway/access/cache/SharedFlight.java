package io.taggateway.access.cache;

import graphql.GraphQLContext;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.operation.CacheHint;
import io.taggateway.tagging.operation.OperationContext;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlRequest;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * One execution of an operation. If it is a query, all callers that send an equal request while it is executed receive
 * its response. It is cancelled when the last of them disconnects.
 */
public final class SharedFlight {

    private final RequestKey key;
    private final Map<RequestKey, SharedFlight> open;
    private final long begunAt;
    private final Sinks.One<ExecutedResponse> response = Sinks.one();
    private final Disposable.Swap execution = Disposables.swap();

    /** The number of waiting callers; once it is zero, none can join. Guarded by this, like the following fields. */
    private int callers = 1;

    private @Nullable Beginning beginning;

    /**
     * Creates an execution that no other caller can join yet.
     *
     * @param open the executions that can be joined, to which it is added later and from which it is removed at its end
     * @param begunAt the time in ns
     */
    SharedFlight(RequestKey key, Map<RequestKey, SharedFlight> open, long begunAt) {
        this.key = key;
        this.open = open;
        this.begunAt = begunAt;
    }

    long begunAt() {
        return begunAt;
    }

    /** Adds this to the request, so that equal requests can join during its execution if it is a query. */
    public void applyTo(WebGraphQlRequest request) {
        request.configureExecutionInput((input, builder) ->
                builder.graphQLContext(Map.of(SharedFlight.class, this)).build());
    }

    /** Permits equal requests to join. Called for a query that has passed all checks and has not read any data yet. */
    public static void open(GraphQLContext query, long cost) {
        SharedFlight flight = query.get(SharedFlight.class);
        if (flight != null) {
            OperationContext operation = OperationContext.require(query.get(OperationContext.KEY));
            VendorDirectory directory = operation.directory(VendorDirectory.class);
            flight.open(new Beginning(directory, directory.writeVersion(), operation.cacheHint(), cost));
        }
    }

    private synchronized void open(Beginning begun) {
        if (callers > 0) {
            beginning = begun;
            open.put(key, this);
        }
    }

    /** Executes the operation in the context of its first caller, whose disconnect does not cancel it. */
    public Mono<ExecutedResponse> execute(Mono<ExecutedResponse> operation) {
        return Mono.deferContextual(context -> {
            execution.update(operation
                    .doOnTerminate(this::end)
                    .subscribe(
                            response::tryEmitValue,
                            response::tryEmitError,
                            response::tryEmitEmpty,
                            Context.of(context)));
            return response();
        });
    }

    /**
     * Adds a waiting caller, unless the query may have read data that is older than a write before the caller's
     * request.
     */
    synchronized boolean join() {
        if (callers == 0 || beginning == null || !beginning.isCurrent()) {
            return false;
        }
        callers++;
        return true;
    }

    /** The response for a caller that has joined; cancelling it removes the caller. */
    public Mono<ExecutedResponse> response() {
        return response.asMono().doOnCancel(this::leave);
    }

    /** The cost of the query for each caller, in objects. */
    public synchronized long cost() {
        return Objects.requireNonNull(beginning).cost;
    }

    /** Removes a caller that has joined. */
    public void leave() {
        if (isLast()) {
            execution.dispose();
        }
    }

    private synchronized boolean isLast() {
        if (callers == 0 || --callers > 0) {
            return false;
        }
        open.remove(key, this);
        return true;
    }

    private synchronized void end() {
        callers = 0;
        open.remove(key, this);
    }

    /**
     * The state at the start of the query.
     *
     * @param writes the version of the vendors' data
     * @param hint what has been read since
     */
    private record Beginning(VendorDirectory directory, long writes, CacheHint hint, long cost) {

        boolean isCurrent() {
            return directory.isOpen() && directory.writeVersion() == writes && hint.hasCurrentSources();
        }
    }
}
