package io.taggateway.upstream.guard;

import io.taggateway.upstream.guard.UpstreamGuard.Attempt;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * One attempt of a request with the permissions of its guard, whose end is reported to the guard once. It is a single
 * operator, as a chain of them costs more than sending the request.
 *
 * <p>Requests of disconnected callers are cancelled, but some continue until their own time limit. Otherwise a hanging
 * vendor would never be detected if no caller waits that long.
 */
final class GuardedRequest<T> implements CoreSubscriber<T>, Subscription {

    private final UpstreamGuard guard;
    private final VendorCircuit circuit;
    private final Attempt<T> attempt;
    private final CoreSubscriber<? super T> actual;
    private final Context context;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private @Nullable Subscription request;
    private volatile boolean permitted;

    GuardedRequest(UpstreamGuard guard, VendorCircuit circuit, Attempt<T> attempt, CoreSubscriber<? super T> actual) {
        this.guard = guard;
        this.circuit = circuit;
        this.attempt = attempt;
        this.actual = actual;
        this.context = actual.currentContext();
    }

    private enum State {
        RUNNING,
        ENDED,
        /** The caller has disconnected, and the request continues. */
        ABANDONED,
        CANCELLED
    }

    /** The request if the guard permits it now. */
    Mono<T> begin() {
        return Mono.defer(() -> {
            Throwable refusal = guard.refusal();
            permitted = refusal == null;
            return refusal == null ? attempt.request() : Mono.error(refusal);
        });
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        request = subscription;
        actual.onSubscribe(this);
    }

    @Override
    public void onNext(T value) {
        if (end(() -> guard.succeeded(attempt))) {
            actual.onNext(value);
            actual.onComplete();
        }
    }

    @Override
    public void onError(Throwable error) {
        if (end(() -> guard.failed(error, attempt))) {
            actual.onError(error);
        }
    }

    @Override
    public void onComplete() {
        if (end(circuit::withoutResult)) {
            actual.onComplete();
        }
    }

    @Override
    public void request(long count) {
        Objects.requireNonNull(request).request(count);
    }

    @Override
    public void cancel() {
        boolean abandoned = permitted && circuit.mayDetach();
        if (state.compareAndSet(State.RUNNING, abandoned ? State.ABANDONED : State.CANCELLED)) {
            guard.leave();
            if (!abandoned) {
                cancelRequest();
            }
        } else if (abandoned) {
            circuit.detachedEnded();
        }
    }

    private void cancelRequest() {
        if (permitted) {
            circuit.withoutResult();
        }
        Objects.requireNonNull(request).cancel();
    }

    /** Ends the attempt. Returns whether it had not ended before and its caller has not disconnected. */
    private boolean end(Runnable report) {
        State before = state.getAndSet(State.ENDED);
        boolean caller = before == State.RUNNING;
        if (permitted && (caller || before == State.ABANDONED)) {
            report.run();
        }
        if (caller) {
            guard.leave();
        } else if (before == State.ABANDONED) {
            circuit.detachedEnded();
        }
        return caller;
    }
}
