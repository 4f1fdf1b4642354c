package io.taggateway.tagging.operation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Ends work at which the virtual machine fails, such as by a {@code StackOverflowError} or a {@code LinkageError}.
 * Reactor's operators throw these errors to whoever has called them, which is some event loop, so that the one who
 * waits for the result would wait until its time is over.
 */
public final class FatalErrorRelay {

    private static final String KEY = "fatalErrorRelay";

    private final Sinks.One<Throwable> failure = Sinks.one();

    private FatalErrorRelay() {}

    /** Work that fails as soon as an error of the virtual machine is thrown in it, where {@link #catching} is used. */
    public static <T> Mono<T> failing(Mono<T> work) {
        return Mono.defer(() -> {
            FatalErrorRelay relay = new FatalErrorRelay();
            Mono<T> failed = relay.failure.asMono().flatMap(Mono::error);
            return Mono.firstWithSignal(begun(work), failed).contextWrite(relay::in);
        });
    }

    /** A stream that fails as soon as an error of the virtual machine is thrown in it. */
    public static <T> Flux<T> failing(Flux<T> work) {
        return Flux.defer(() -> {
            FatalErrorRelay relay = new FatalErrorRelay();
            // Ends the work first, as an error of the other would not cancel it
            return begun(work.doOnComplete(relay.failure::tryEmitEmpty))
                    .takeUntilOther(relay.failure.asMono())
                    .concatWith(relay.failure.asMono().flatMap(Mono::error))
                    .contextWrite(relay::in);
        });
    }

    /** What the rest of the work goes on from in another thread: errors that are thrown by that are caught. */
    public static <T> Mono<T> catching(Mono<T> source) {
        return source.transform(Operators.<T, T>lift((scannable, actual) -> new Catching<>(actual)));
    }

    /** The elements from which the rest of the work goes on in other threads. */
    public static <T> Flux<T> catching(Flux<T> source) {
        return source.transform(Operators.<T, T>lift((scannable, actual) -> new Catching<>(actual)));
    }

    /** Calls what may throw an error of the virtual machine, and throws an exception in its place. */
    public static <T extends @Nullable Object> T call(Supplier<T> work) {
        try {
            return work.get();
        } catch (VirtualMachineError | LinkageError e) {
            throw exception(e);
        }
    }

    /** Whether something failed at an error of the virtual machine. */
    public static boolean isCauseOf(Throwable failure) {
        return Exceptions.isJvmFatal(failure) || Exceptions.isJvmFatal(failure.getCause());
    }

    private static <T> Mono<T> begun(Mono<T> work) {
        return new MonoOperator<T, T>(work) {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                run(actual.currentContext(), () -> source.subscribe(actual));
            }
        };
    }

    private static <T> Flux<T> begun(Flux<T> work) {
        return new FluxOperator<T, T>(work) {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                run(actual.currentContext(), () -> source.subscribe(actual));
            }
        };
    }

    /** Whether a step threw no error of the virtual machine. */
    private static boolean run(ContextView context, Runnable step) {
        try {
            step.run();
            return true;
        } catch (VirtualMachineError | LinkageError e) {
            FatalErrorRelay relay = context.getOrDefault(KEY, null);
            if (relay == null) {
                throw e;
            }
            relay.failure.tryEmitValue(exception(e));
            return false;
        }
    }

    private static IllegalStateException exception(Error error) {
        return new IllegalStateException("The virtual machine has failed", error);
    }

    private Context in(Context context) {
        return context.put(KEY, this);
    }

    private static final class Catching<T> implements CoreSubscriber<T> {

        private final CoreSubscriber<? super T> actual;

        /** Whether an error was thrown, after which operators that have thrown it are in no state to go on. */
        private boolean failed;

        Catching(CoreSubscriber<? super T> actual) {
            this.actual = actual;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            actual.onSubscribe(subscription);
        }

        @Override
        public void onNext(T value) {
            pass(() -> actual.onNext(value));
        }

        @Override
        public void onError(Throwable error) {
            pass(() -> actual.onError(error));
        }

        @Override
        public void onComplete() {
            pass(actual::onComplete);
        }

        private void pass(Runnable signal) {
            failed = failed || !run(currentContext(), signal);
        }
    }
}
