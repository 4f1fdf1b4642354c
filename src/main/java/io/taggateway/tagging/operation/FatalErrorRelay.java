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

/**
 * Fails work that throws an error of the virtual machine, such as a {@code StackOverflowError} or a
 * {@code LinkageError}. Reactor's operators throw such an error to their caller, which is an event loop. The subscriber
 * would otherwise receive no signal and wait until its time limit.
 */
public final class FatalErrorRelay {

    private static final String KEY = "fatalErrorRelay";

    private final Sinks.One<Throwable> failure = Sinks.one();

    private FatalErrorRelay() {}

    /** Work that fails as soon as a step with {@link #catching} throws an error of the virtual machine. */
    public static <T> Mono<T> failing(Mono<T> work) {
        return Mono.defer(() -> {
            FatalErrorRelay relay = new FatalErrorRelay();
            Mono<T> failed = relay.failure.asMono().flatMap(Mono::error);
            return Mono.firstWithSignal(begun(work), failed).contextWrite(relay::in);
        });
    }

    /** A stream that fails as soon as a step with {@link #catching} throws an error of the virtual machine. */
    public static <T> Flux<T> failing(Flux<T> work) {
        return Flux.defer(() -> {
            FatalErrorRelay relay = new FatalErrorRelay();
            // Completes the work before the error, as an error of the other publisher would not cancel it
            return begun(work.doOnComplete(relay.failure::tryEmitEmpty))
                    .takeUntilOther(relay.failure.asMono())
                    .concatWith(relay.failure.asMono().flatMap(Mono::error))
                    .contextWrite(relay::in);
        });
    }

    /** Catches the errors that the subsequent steps throw in another thread. */
    public static <T> Mono<T> catching(Mono<T> source) {
        return source.transform(Operators.<T, T>lift((scannable, actual) -> new FatalErrorSubscriber<>(actual)));
    }

    /** Catches the errors that the subsequent steps of a stream throw in other threads. */
    public static <T> Flux<T> catching(Flux<T> source) {
        return source.transform(Operators.<T, T>lift((scannable, actual) -> new FatalErrorSubscriber<>(actual)));
    }

    /** Calls a function, and replaces an error of the virtual machine by an exception. */
    public static <T extends @Nullable Object> T call(Supplier<T> work) {
        try {
            return work.get();
        } catch (VirtualMachineError | LinkageError e) {
            throw exception(e);
        }
    }

    /** Whether a failure was caused by an error of the virtual machine. */
    public static boolean isCauseOf(Throwable failure) {
        return Exceptions.isJvmFatal(failure) || Exceptions.isJvmFatal(failure.getCause());
    }

    private static <T> Mono<T> begun(Mono<T> work) {
        return new MonoOperator<T, T>(work) {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                run(actual, () -> source.subscribe(actual));
            }
        };
    }

    private static <T> Flux<T> begun(Flux<T> work) {
        return new FluxOperator<T, T>(work) {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                run(actual, () -> source.subscribe(actual));
            }
        };
    }

    /** Runs a step. Returns whether it threw no error of the virtual machine. */
    private static boolean run(CoreSubscriber<?> subscriber, Runnable step) {
        try {
            step.run();
            return true;
        } catch (VirtualMachineError | LinkageError e) {
            FatalErrorRelay relay = subscriber.currentContext().getOrDefault(KEY, null);
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

    private static final class FatalErrorSubscriber<T> implements CoreSubscriber<T> {

        private final CoreSubscriber<? super T> actual;

        /** Stored, as every operator upstream requests it through all operators downstream. */
        private final Context context;

        /** Whether an error was thrown. The operators that threw it have an undefined state then. */
        private boolean failed;

        FatalErrorSubscriber(CoreSubscriber<? super T> actual) {
            this.actual = actual;
            this.context = actual.currentContext();
        }

        @Override
        public Context currentContext() {
            return context;
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
            failed = failed || !run(actual, signal);
        }
    }
}
