package io.taggateway.access.limits;

/**
 * What a part of an operation has of what is limited, its fragments written out. Sums stop at the largest number, as
 * fragments that spread fragments grow without bound.
 *
 * @param selections fields, spreads and fragments, those of introspection too
 * @param width fields at its top
 * @param depth fields from its top to its deepest leaf
 * @param aliases fields that have one
 * @param cost objects, but for those that come once for each item of a page
 * @param costOfItem objects that come once for each item of the page that this is a part of
 */
record Weight(long selections, long width, long depth, long aliases, long cost, long costOfItem) {

    static final Weight NONE = new Weight(0, 0, 0, 0, 0, 0);

    /** Both beside each other. */
    Weight plus(Weight other) {
        return new Weight(
                sum(selections, other.selections),
                sum(width, other.width),
                Math.max(depth, other.depth),
                sum(aliases, other.aliases),
                sum(cost, other.cost),
                sum(costOfItem, other.costOfItem));
    }

    /** This, and the spread or fragment that it comes out of. */
    Weight asFragment() {
        return new Weight(sum(selections, 1), width, depth, aliases, cost, costOfItem);
    }

    /** A field that has this below it, and no objects. */
    Weight below(boolean aliased) {
        return new Weight(sum(selections, 1), 1, sum(depth, 1), sum(aliases, aliased ? 1 : 0), 0, 0);
    }

    /** A field of introspection, which only has to be read. */
    Weight asIntrospection() {
        return new Weight(sum(selections, 1), 0, 0, 0, 0, 0);
    }

    /** This with other objects. */
    Weight withCost(long objects, long objectsOfItem) {
        return new Weight(selections, width, depth, aliases, objects, objectsOfItem);
    }

    static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    static long product(long one, long other) {
        return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
    }
}
