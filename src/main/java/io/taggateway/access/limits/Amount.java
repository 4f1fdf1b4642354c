package io.taggateway.access.limits;

import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A number of objects that variables may decide. Sums stop at the largest number, as fragments that spread fragments
 * grow without bound.
 *
 * @param fixed the number if no variable decides
 * @param byVariables the number if variables decide, or null
 */
record Amount(long fixed, @Nullable ToLongFunction<Map<String, Object>> byVariables) {

    static final Amount NONE = of(0);

    static Amount of(long fixed) {
        return new Amount(fixed, null);
    }

    /** The number, given these variables. */
    long with(Map<String, Object> variables) {
        return byVariables == null ? fixed : byVariables.applyAsLong(variables);
    }

    Amount plus(Amount other) {
        return equals(NONE) ? other : other.equals(NONE) ? this : combine(other, Amount::sum);
    }

    Amount times(Amount other) {
        return equals(NONE) ? NONE : combine(other, Amount::product);
    }

    /** What an operator makes of both: at once, if no variable decides. */
    Amount combine(Amount other, LongBinaryOperator operator) {
        return byVariables == null && other.byVariables == null
                ? of(operator.applyAsLong(fixed, other.fixed))
                : new Amount(0, variables -> operator.applyAsLong(with(variables), other.with(variables)));
    }

    static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private static long product(long one, long other) {
        return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
    }
}
