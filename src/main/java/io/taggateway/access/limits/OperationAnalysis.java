package io.taggateway.access.limits;

import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an operation, or a part of it, asks for with its fragments written out, whatever its variables are.
 *
 * @param selections fields, spreads and fragments, those of introspection too
 * @param rootFields fields at its top
 * @param depth fields from its top to its deepest leaf
 * @param aliases fields that have one
 * @param cost objects, but for those that come once for each item of a page
 * @param costOfItem objects that come once for each item of the page that this is a part of
 */
record OperationAnalysis(long selections, long rootFields, long depth, long aliases, Amount cost, Amount costOfItem) {

    static final OperationAnalysis NOTHING = new OperationAnalysis(0, 0, 0, 0, Amount.NONE, Amount.NONE);

    /** Both beside each other. */
    OperationAnalysis plus(OperationAnalysis other) {
        return new OperationAnalysis(
                Amount.sum(selections, other.selections),
                Amount.sum(rootFields, other.rootFields),
                Math.max(depth, other.depth),
                Amount.sum(aliases, other.aliases),
                cost.plus(other.cost),
                costOfItem.plus(other.costOfItem));
    }

    /** This, and the spread or fragment that it comes out of. */
    OperationAnalysis asFragment() {
        return new OperationAnalysis(Amount.sum(selections, 1), rootFields, depth, aliases, cost, costOfItem);
    }

    /** A field that has this below it, and no objects. */
    OperationAnalysis below(boolean aliased) {
        return new OperationAnalysis(
                Amount.sum(selections, 1),
                1,
                Amount.sum(depth, 1),
                Amount.sum(aliases, aliased ? 1 : 0),
                Amount.NONE,
                Amount.NONE);
    }

    /** A field of introspection, which only has to be read. */
    OperationAnalysis asIntrospection() {
        return new OperationAnalysis(Amount.sum(selections, 1), 0, 0, 0, Amount.NONE, Amount.NONE);
    }

    /** This with other objects. */
    OperationAnalysis withCost(Amount objects, Amount objectsOfItem) {
        return new OperationAnalysis(selections, rootFields, depth, aliases, objects, objectsOfItem);
    }

    /**
     * A number of objects that variables may decide. Sums stop at the largest number, as fragments that spread
     * fragments grow without bound.
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
}
