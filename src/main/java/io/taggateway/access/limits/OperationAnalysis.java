package io.taggateway.access.limits;

import io.taggateway.api.scope.ScopeRequirement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an operation, or a part of it, requests with its fragments expanded. It does not depend on the values of
 * variables.
 *
 * @param selections the number of fields, spreads and fragments, including those of introspection
 * @param rootFields the number of fields at its root
 * @param depth the number of fields from its root to its deepest leaf
 * @param fragmentDepth the number of fragments that are nested in one another
 * @param aliases the number of fields with an alias
 * @param cost the cost in hundredths of an object, without {@code costOfItem}
 * @param costOfItem the cost in hundredths that counts once for each item of the page that contains this part
 * @param schemaCost the cost of introspection, in hundredths
 * @param inputs the uses of variables in its arguments
 * @param scopes the scopes that its fields may require
 */
record OperationAnalysis(
        long selections,
        long rootFields,
        long depth,
        long fragmentDepth,
        long aliases,
        Amount cost,
        Amount costOfItem,
        long schemaCost,
        List<InputUse> inputs,
        Set<ScopeRequirement> scopes) {

    static final OperationAnalysis NOTHING =
            new OperationAnalysis(0, 0, 0, 0, 0, Amount.NONE, Amount.NONE, 0, List.of(), Set.of());

    /** The sum of two sibling selections. */
    OperationAnalysis plus(OperationAnalysis other) {
        return new OperationAnalysis(
                Amount.sum(selections, other.selections),
                Amount.sum(rootFields, other.rootFields),
                Math.max(depth, other.depth),
                Math.max(fragmentDepth, other.fragmentDepth),
                Amount.sum(aliases, other.aliases),
                cost.plus(other.cost),
                costOfItem.plus(other.costOfItem),
                Amount.sum(schemaCost, other.schemaCost),
                InputUse.union(inputs, other.inputs),
                union(scopes, other.scopes));
    }

    /** This selection within a fragment: one spread and one level of fragments more. */
    OperationAnalysis asFragment() {
        return new OperationAnalysis(
                Amount.sum(selections, 1),
                rootFields,
                depth,
                fragmentDepth + 1,
                aliases,
                cost,
                costOfItem,
                schemaCost,
                inputs,
                scopes);
    }

    /** A field with this selection and its own cost. */
    OperationAnalysis below(boolean aliased, Amount objects, Amount objectsOfItem) {
        return new OperationAnalysis(
                Amount.sum(selections, 1),
                1,
                Amount.sum(depth, 1),
                fragmentDepth,
                Amount.sum(aliases, aliased ? 1 : 0),
                objects,
                objectsOfItem,
                schemaCost,
                inputs,
                scopes);
    }

    /** A field of introspection with this selection. Its depth does not count. */
    OperationAnalysis asIntrospection(boolean aliased, Amount own, long ownSchemaCost) {
        return new OperationAnalysis(
                Amount.sum(selections, 1),
                0,
                0,
                fragmentDepth,
                Amount.sum(aliases, aliased ? 1 : 0),
                own,
                Amount.NONE,
                ownSchemaCost,
                inputs,
                scopes);
    }

    /** This selection with additional uses of variables. */
    OperationAnalysis with(List<InputUse> uses) {
        return uses.isEmpty()
                ? this
                : new OperationAnalysis(
                        selections,
                        rootFields,
                        depth,
                        fragmentDepth,
                        aliases,
                        cost,
                        costOfItem,
                        schemaCost,
                        InputUse.union(inputs, uses),
                        scopes);
    }

    /** This selection with scopes that one of its fields may require. */
    OperationAnalysis needing(Set<ScopeRequirement> more) {
        return scopes.containsAll(more)
                ? this
                : new OperationAnalysis(
                        selections,
                        rootFields,
                        depth,
                        fragmentDepth,
                        aliases,
                        cost,
                        costOfItem,
                        schemaCost,
                        inputs,
                        union(scopes, more));
    }

    private static Set<ScopeRequirement> union(Set<ScopeRequirement> some, Set<ScopeRequirement> others) {
        if (some.containsAll(others) || others.containsAll(some)) {
            return some.size() < others.size() ? others : some;
        }
        Set<ScopeRequirement> union = new HashSet<>(some);
        union.addAll(others);
        return Set.copyOf(union);
    }

    /** Whether it requires no scope other than that of tags. */
    boolean readsTagsOnly() {
        return scopes.stream().allMatch(ScopeRequirement.READS_TAGS::equals);
    }

    /** The number of objects that the response may contain, given these variables. */
    long cost(Map<String, Object> variables) {
        return cost.with(variables) / Amount.OBJECT;
    }

    /**
     * A number that may depend on variables. Sums saturate, as nested fragments can grow without bound.
     *
     * @param fixed the number if it does not depend on variables
     * @param byVariables the function that computes the number from variables; null if it is fixed
     */
    record Amount(long fixed, @Nullable ToLongFunction<Map<String, Object>> byVariables) {

        /** The cost of one object, in characters of response keys. */
        static final long OBJECT = 100;

        static final Amount NONE = of(0);

        static Amount of(long fixed) {
            return new Amount(fixed, null);
        }

        /** The number for these variables. */
        long with(Map<String, Object> variables) {
            return byVariables == null ? fixed : byVariables.applyAsLong(variables);
        }

        Amount plus(Amount other) {
            return equals(NONE) ? other : other.equals(NONE) ? this : combine(other, Amount::sum);
        }

        Amount times(Amount other) {
            return equals(NONE) ? NONE : combine(other, Amount::product);
        }

        /** Applies an operator to both numbers; at once if neither depends on variables. */
        Amount combine(Amount other, LongBinaryOperator operator) {
            return byVariables == null && other.byVariables == null
                    ? of(operator.applyAsLong(fixed, other.fixed))
                    : new Amount(0, variables -> operator.applyAsLong(with(variables), other.with(variables)));
        }

        static long sum(long one, long other) {
            return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
        }

        static long product(long one, long other) {
            return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
        }
    }
}
