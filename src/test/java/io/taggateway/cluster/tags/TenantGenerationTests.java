package io.taggateway.cluster.tags;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests of the changes of a replica that are to be published. */
class TenantGenerationTests {

    private final TenantGeneration lists = new TenantGeneration();

    @Test
    void changeStaysUnpublishedWhenThatOfAnotherVendorIsPublished() {
        long first = lists.begin();
        long second = lists.begin();
        assertThat(lists.publishFailed(Vendor.SIPSIM, first)).isTrue();
        assertThat(lists.publishFailed(Vendor.SWIPEONE, second)).isFalse();
        lists.published(Vendor.SWIPEONE, lists.begin(), 7);
        assertThat(lists.unpublished()).containsExactly(Vendor.SIPSIM);
        lists.published(Vendor.SIPSIM, lists.begin(), 8);
        assertThat(lists.isUnpublished()).isFalse();
    }

    @Test
    void changeStaysUnpublishedWhenAnEarlierOneIsPublishedLate() {
        long earlier = lists.begin();
        lists.publishFailed(Vendor.SIPSIM, lists.begin());
        lists.published(Vendor.SIPSIM, earlier, 7);
        assertThat(lists.isUnpublished()).isTrue();
    }

    @Test
    void changeStaysUnpublishedWhenItsListsAreOpenedAgain() {
        TenantGeneration.Entry list = entry();
        lists.add(list);
        assertThat(list.mayPrecedeChange(Duration.ofHours(1))).isFalse();
        lists.publishFailed(Vendor.SIPSIM, lists.begin());
        assertThat(lists.without(list).ifUsed()).isSameAs(lists);
        TenantGeneration.Entry again = entry();
        lists.add(again);
        assertThat(again.mayPrecedeChange(Duration.ofSeconds(5))).isTrue();
    }

    private static TenantGeneration.Entry entry() {
        return new TenantGeneration.Entry(Vendor.SIPSIM, change -> {});
    }
}
