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
 * What an operation, or a part of it, requests with its fragments expanded, whatever its variables are.
 *
 * @param selections fields, spreads and fragments, those of introspection too
 * @param rootFields fields at its top
 * @param depth fields from its top to its deepest leaf
 * @param fragmentDepth fragments within one another
 * @param aliases fields that have one
 * @param cost in hundredths of an object, except for what comes once for each item of a page
 * @param costOfItem in hundredths, what comes once for each item of the page that this is a part of
 * @param schemaCost in hundredths, the objects of introspection
 * @param inputs what its arguments need of variables
 * @param scopes the scopes that its fields may need of the caller
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

    /** Both beside each other. */
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

    /** This, and the spread or fragment that it comes out of. */
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

    /** A field that has this below it, with what it costs itself. */
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

    /** A field of introspection, which may be deep. */
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

    /** This with more uses of variables. */
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

    /** This with scopes that one of its fields may need. */
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

    /** Whether it needs no other scope than that of tags. */
    boolean readsTagsOnly() {
        return scopes.stream().allMatch(ScopeRequirement.READS_TAGS::equals);
    }

    /** The objects that it may be answered with, given these variables. */
    long cost(Map<String, Object> variables) {
        return cost.with(variables) / Amount.OBJECT;
    }

    /**
     * A number that variables may decide. Sums stop at the largest number, as fragments that spread fragments grow
     * without bound.
     *
     * @param fixed the number if no variable decides
     * @param byVariables the number if variables decide, or null
     */
    record Amount(long fixed, @Nullable ToLongFunction<Map<String, Object>> byVariables) {

        /** One object, and the letters in its response keys that cost as much. */
        static final long OBJECT = 100;

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

        static long product(long one, long other) {
            return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
        }
    }
}
