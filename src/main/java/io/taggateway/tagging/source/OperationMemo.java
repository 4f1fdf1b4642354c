package io.taggateway.tagging.source;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** The answers that one GraphQL operation has had from vendors, so that it never asks the same twice. */
public final class OperationMemo {

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

    /** Forgets all answers, as something was written. */
    public static Mono<Void> forget() {
        return Mono.deferContextual(context -> {
            OperationMemo memo = find(context);
            if (memo != null) {
                memo.answers.clear();
            }
            return Mono.empty();
        });
    }

    private static @Nullable OperationMemo find(ContextView context) {
        return context.getOrDefault(OperationMemo.class, null);
    }

    /** The unchecked cast holds as the question names the vendor's resource, which has one type of answer. */
    @SuppressWarnings("unchecked")
    private <T> Mono<T> answer(Object question, Supplier<Mono<T>> reader) {
        return (Mono<T>) answers.computeIfAbsent(question, key -> reader.get().cache());
    }
}
