package io.taggateway.tagging.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** How long the answer to one GraphQL operation can be kept, by what of the vendors' was used for it. */
public final class ShelfLife {

    private final AtomicReference<@Nullable Use> uses = new AtomicReference<>();

    /** A context in which this is told what is used. */
    public Context startIn(Context context) {
        return context.put(ShelfLife.class, this);
    }

    /**
     * Something of a vendor's is used.
     *
     * @param fetchedAt when the vendor gave it
     * @param freshFor how long after that it will do for others; zero where it will not
     */
    public static void use(ContextView context, Instant fetchedAt, Duration freshFor) {
        ShelfLife shelfLife = context.getOrDefault(ShelfLife.class, null);
        if (shelfLife != null) {
            Use use = new Use(fetchedAt, freshFor);
            shelfLife.uses.updateAndGet(known -> known == null ? use : known.and(use));
        }
    }

    /** How long what was used will do for others, counted from its beginning; zero where nothing was used. */
    public Duration freshFor() {
        Use use = uses.get();
        return use == null ? Duration.ZERO : use.freshFor();
    }

    /** When the vendor gave the oldest of what was used; null where nothing was used. */
    public @Nullable Instant oldest() {
        Use use = uses.get();
        return use == null ? null : use.fetchedAt();
    }

    private record Use(Instant fetchedAt, Duration freshFor) {

        Use and(Use other) {
            return new Use(
                    fetchedAt.isBefore(other.fetchedAt) ? fetchedAt : other.fetchedAt,
                    freshFor.compareTo(other.freshFor) < 0 ? freshFor : other.freshFor);
        }
    }
}
