package io.taggateway.access.limits;

import java.util.Map;

/**
 * How many objects a part of an operation may be answered with. What no variable decides is summed up once; sums stop
 * at the largest number, as fragments that spread fragments grow without bound.
 */
sealed interface Cost {

    /** The objects, given these variables. */
    long with(Map<String, Object> variables);

    /** Both beside each other. */
    default Cost plus(Cost other) {
        if (isNothing() || other.isNothing()) {
            return isNothing() ? other : this;
        }
        return this instanceof Fixed(long one) && other instanceof Fixed(long two)
                ? new Fixed(sum(one, two))
                : new Sum(this, other);
    }

    /** This, once for each item of a list. */
    default Cost times(ListSize size) {
        if (isNothing()) {
            return this;
        }
        return this instanceof Fixed(long each) && size.variables().isEmpty()
                ? new Fixed(product(size.with(Map.of()), each))
                : new Product(size, this);
    }

    /** Whether there are no objects, whatever the variables are. */
    default boolean isNothing() {
        return this instanceof Fixed(long objects) && objects == 0;
    }

    /** Two numbers' sum, or the largest number. */
    static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private static long product(long one, long other) {
        return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
    }

    /**
     * What no variable decides.
     *
     * @param objects how many
     */
    record Fixed(long objects) implements Cost {

        static final Fixed NONE = new Fixed(0);
        static final Fixed ONE = new Fixed(1);

        @Override
        public long with(Map<String, Object> variables) {
            return objects;
        }
    }

    /**
     * A sum with a variable in it.
     *
     * @param one the one part
     * @param other the other
     */
    record Sum(Cost one, Cost other) implements Cost {

        @Override
        public long with(Map<String, Object> variables) {
            return sum(one.with(variables), other.with(variables));
        }
    }

    /**
     * A list with a variable in its size or in its items.
     *
     * @param size how many items
     * @param each what one of them costs
     */
    record Product(ListSize size, Cost each) implements Cost {

        @Override
        public long with(Map<String, Object> variables) {
            return product(size.with(variables), each.with(variables));
        }
    }
}
