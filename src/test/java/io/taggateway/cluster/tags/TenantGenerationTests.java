package io.taggateway.cluster.tags;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.cluster.tags.TenantGeneration.Publication;
import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests of the changes of a replica that are to be published. */
class TenantGenerationTests {

    private final TenantGeneration lists = new TenantGeneration();

    @Test
    void changeStaysUnpublishedWhenThatOfAnotherVendorIsPublished() {
        Publication first = lists.begin(Vendor.SIPSIM);
        Publication second = lists.begin(Vendor.SWIPEONE);
        assertThat(lists.publishFailed(first)).isTrue();
        assertThat(lists.publishFailed(second)).isFalse();
        lists.published(lists.begin(Vendor.SWIPEONE), 7);
        assertThat(lists.unpublished()).containsExactly(first);
        lists.published(first, 8);
        assertThat(lists.isUnpublished()).isFalse();
    }

    @Test
    void changeStaysUnpublishedWhenAnEarlierOneIsPublishedLate() {
        Publication earlier = lists.begin(Vendor.SIPSIM);
        lists.publishFailed(lists.begin(Vendor.SIPSIM));
        lists.published(earlier, 7);
        assertThat(lists.isUnpublished()).isTrue();
    }

    @Test
    void changeStaysUnpublishedWhenItsListsAreOpenedAgain() {
        TenantGeneration.Entry list = entry();
        lists.add(list);
        assertThat(list.mayPrecedeChange(Duration.ofHours(1))).isFalse();
        lists.publishFailed(lists.begin(Vendor.SIPSIM));
        assertThat(lists.without(list).ifUsed()).isSameAs(lists);
        TenantGeneration.Entry again = entry();
        lists.add(again);
        assertThat(again.mayPrecedeChange(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void onlyOneRepetitionIsInProgress() {
        Publication failed = lists.begin(Vendor.SIPSIM);
        assertThat(lists.publishFailed(failed)).isTrue();
        assertThat(lists.endRepetition()).isFalse();
        lists.published(failed, 7);
        assertThat(lists.publishFailed(lists.begin(Vendor.SIPSIM))).isFalse();
        lists.published(lists.begin(Vendor.SIPSIM), 8);
        assertThat(lists.endRepetition()).isTrue();
        assertThat(lists.publishFailed(lists.begin(Vendor.SIPSIM))).isTrue();
    }

    @Test
    void publicationsOfATenantThatIsOpenedAgainHaveOtherIds() {
        assertThat(lists.begin(Vendor.SIPSIM).id())
                .isNotEqualTo(new TenantGeneration().begin(Vendor.SIPSIM).id());
    }

    private static TenantGeneration.Entry entry() {
        return new TenantGeneration.Entry(Vendor.SIPSIM, change -> {});
    }
}
