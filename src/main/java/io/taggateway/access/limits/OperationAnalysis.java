package io.taggateway.access.limits;

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
}
