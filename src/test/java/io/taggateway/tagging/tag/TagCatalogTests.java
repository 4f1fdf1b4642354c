package io.taggateway.tagging.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SortedTag;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource.TagListResult;
import io.taggateway.tagging.tag.TagService.TagCatalog;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of when tags are sorted and merged again. */
class TagCatalogTests {

    private final TagList calls =
            list(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"), SampleFactory.tag(Vendor.SIPSIM, "2", "a"));
    private final TagList contacts = list(
            SampleFactory.tag(Vendor.SWIPEONE, "1", "vip"),
            SampleFactory.tag(Vendor.SWIPEONE, "2", "B"),
            SampleFactory.tag(Vendor.SWIPEONE, "3", "z"));

    @Test
    void tagsOfTwoVendorsAreOneListInOrder() {
        assertThat(both().tags().byName().stream().map(SortedTag::tag).map(Tag::name))
                .containsExactly("a", "B", "VIP", "vip", "z");
        assertThat(both().tags().bySlug("vip")).extracting(Tag::vendor).containsExactly(Vendor.SIPSIM, Vendor.SWIPEONE);
    }

    @Test
    void tagsOfAllVendorsAndOfOneInTurnAreSortedOnce() {
        List<SortedTag> all = both().tags().byName();
        List<SortedTag> one = one().tags().byName();
        for (int i = 0; i < 3; i++) {
            assertThat(both().tags().byName()).isSameAs(all);
            assertThat(one().tags().byName()).isSameAs(one);
        }
        assertThat(all.get(0)).isSameAs(one.get(0));
    }

    @Test
    void staleTagsAreSortedOnceForAllCallers() {
        List<SortedTag> fresh = both().tags().byName();
        for (int i = 0; i < 3; i++) {
            SourceException failure = SourceException.of(Vendor.SIPSIM, FailureReason.TIMEOUT);
            TagCatalog stale = TagCatalog.of(Vendor.SIPSIM, new TagListResult(calls, failure))
                    .and(TagCatalog.of(Vendor.SWIPEONE, TagListResult.fresh(contacts)));
            assertThat(stale.tags().byName()).isSameAs(fresh);
            assertThat(stale.outcomes()).extracting(SourceOutcome::failure).containsExactly(failure, null);
        }
    }

    @Test
    void listIsSortedAgainWhenItHasChanged() {
        List<SortedTag> all = both().tags().byName();
        TagList changed = contacts.with(List.of(SampleFactory.tag(Vendor.SWIPEONE, "4", "New")));
        TagCatalog catalog = one().and(TagCatalog.of(Vendor.SWIPEONE, TagListResult.fresh(changed)));
        assertThat(catalog.tags().byName()).hasSize(6).containsAll(all);
    }

    private TagCatalog one() {
        return TagCatalog.of(Vendor.SIPSIM, TagListResult.fresh(calls))
                .and(TagCatalog.without(SourceOutcome.skipped(Vendor.SWIPEONE)));
    }

    private TagCatalog both() {
        return TagCatalog.of(Vendor.SIPSIM, TagListResult.fresh(calls))
                .and(TagCatalog.of(Vendor.SWIPEONE, TagListResult.fresh(contacts)));
    }

    private static TagList list(Tag... tags) {
        return TagList.of(Arrays.asList(tags), SampleFactory.NOON);
    }
}
