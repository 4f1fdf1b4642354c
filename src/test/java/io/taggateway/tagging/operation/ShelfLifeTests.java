package io.taggateway.tagging.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.source.Samples;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

/** How long an answer can be kept, by what was used for it. */
class ShelfLifeTests {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Instant EARLIER = Samples.NOON.minusSeconds(20);

    private final ShelfLife shelfLife = new ShelfLife();
    private final Context context = shelfLife.startIn(Context.empty());

    @Test
    void whatUsesNothingCannotBeKept() {
        assertThat(shelfLife.freshFor()).isZero();
        assertThat(shelfLife.oldest()).isNull();
    }

    @Test
    void whatSpoilsFirstAndWhatIsOldestCount() {
        ShelfLife.use(context, EARLIER, LONG);
        assertThat(shelfLife.freshFor()).isEqualTo(LONG);
        ShelfLife.use(context, Samples.NOON, SHORT);
        ShelfLife.use(context, Samples.NOON, LONG);
        assertThat(shelfLife.freshFor()).isEqualTo(SHORT);
        assertThat(shelfLife.oldest()).isEqualTo(EARLIER);
    }

    @Test
    void whatIsUsedElsewhereDoesNotCount() {
        ShelfLife.use(Context.empty(), EARLIER, SHORT);
        ShelfLife.use(new ShelfLife().startIn(Context.empty()), EARLIER, SHORT);
        assertThat(shelfLife.oldest()).isNull();
    }
}
