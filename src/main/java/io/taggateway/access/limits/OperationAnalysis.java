package io.taggateway.access.limits;

import io.taggateway.access.limits.Cost.Fixed;

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
record OperationAnalysis(long selections, long rootFields, long depth, long aliases, Cost cost, Cost costOfItem) {

    static final OperationAnalysis NOTHING = new OperationAnalysis(0, 0, 0, 0, Fixed.NONE, Fixed.NONE);

    /** Both beside each other. */
    OperationAnalysis plus(OperationAnalysis other) {
        return new OperationAnalysis(
                Cost.sum(selections, other.selections),
                Cost.sum(rootFields, other.rootFields),
                Math.max(depth, other.depth),
                Cost.sum(aliases, other.aliases),
                cost.plus(other.cost),
                costOfItem.plus(other.costOfItem));
    }

    /** This, and the spread or fragment that it comes out of. */
    OperationAnalysis asFragment() {
        return new OperationAnalysis(Cost.sum(selections, 1), rootFields, depth, aliases, cost, costOfItem);
    }

    /** A field that has this below it, and no objects. */
    OperationAnalysis below(boolean aliased) {
        return new OperationAnalysis(
                Cost.sum(selections, 1),
                1,
                Cost.sum(depth, 1),
                Cost.sum(aliases, aliased ? 1 : 0),
                Fixed.NONE,
                Fixed.NONE);
    }

    /** A field of introspection, which only has to be read. */
    OperationAnalysis asIntrospection() {
        return new OperationAnalysis(Cost.sum(selections, 1), 0, 0, 0, Fixed.NONE, Fixed.NONE);
    }

    /** This with other objects. */
    OperationAnalysis withCost(Cost objects, Cost objectsOfItem) {
        return new OperationAnalysis(selections, rootFields, depth, aliases, objects, objectsOfItem);
    }
}
