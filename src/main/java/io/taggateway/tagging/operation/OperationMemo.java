package io.taggateway.tagging.operation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** The answers that one GraphQL operation has had from vendors, so that it never asks the same twice. */
public final class OperationMemo implements Renewable {

    private final Map<Object, Mono<?>> answers = new ConcurrentHashMap<>();

    private OperationMemo() {}

    /** A context with a new memo, for everything that one operation does. */
    public static Context startIn(Context context) {
        return context.put(OperationMemo.class, new OperationMemo());
    }

    /**
     * The answer that this operation already has to a question, or else the answer of the supplied reader.
     *
     * @param question equal for equal questions
     */
    public static <T> Mono<T> once(Object question, Supplier<Mono<T>> reader) {
        return Mono.deferContextual(context -> {
            OperationMemo memo = find(context);
            return memo == null ? reader.get() : memo.answer(question, reader);
        });
    }

    /** What a write answers, with all answers from before it forgotten, whether it went well or not. */
    public static <T> Mono<T> forgetAfter(Mono<T> write) {
        return Mono.deferContextual(context -> {
            OperationMemo memo = find(context);
            return memo == null ? write : write.doOnTerminate(memo.answers::clear);
        });
    }

    @Override
    public OperationMemo renewed() {
        return new OperationMemo();
    }

    private static @Nullable OperationMemo find(ContextView context) {
        return context.getOrDefault(OperationMemo.class, null);
    }

    /** The unchecked cast holds as the question names the vendor's resource, which has one type of answer. */
    @SuppressWarnings("unchecked")
    private <T> Mono<T> answer(Object question, Supplier<Mono<T>> reader) {
        return (Mono<T>) answers.computeIfAbsent(question, key -> shared(reader.get()));
    }

    /** One subscription for all, which ends when all have gone, and whose outcome is kept once there is one. */
    private static <T> Mono<T> shared(Mono<T> source) {
        AtomicReference<@Nullable Signal<T>> outcome = new AtomicReference<>();
        Mono<Signal<T>> live = source.materialize()
                .doOnNext(outcome::set)
                .flux()
                .replay(1)
                .refCount()
                .next();
        return Mono.defer(() -> {
                    Signal<T> known = outcome.get();
                    return known == null ? live : Mono.just(known);
                })
                .dematerialize();
    }
}
