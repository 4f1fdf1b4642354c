package io.taggateway.tagging.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.TaggingStand;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.Samples;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.TagList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which catalogs are made anew, and which are forgotten. */
class RecentCatalogsTests {

    private static final VendorDirectory MINE = directory();
    private static final VendorDirectory OTHER = directory();

    private final RecentCatalogs catalogs = new RecentCatalogs();
    private final List<TagAnswer> answers = answers();

    @Test
    void catalogOfTheSameListsIsTheSame() {
        TagCatalog catalog = catalogs.of(MINE, answers);
        assertThat(catalogs.of(MINE, answers)).isSameAs(catalog);
        assertThat(catalogs.of(OTHER, answers)).isNotSameAs(catalog);
        assertThat(catalogs.of(MINE, answers())).isNotSameAs(catalog);
    }

    @Test
    void tenantWhoWasNotHereForLongestIsForgotten() {
        TagCatalog first = catalogs.of(MINE, answers);
        TagCatalog second = catalogs.of(OTHER, answers);
        for (int i = 2; i < RecentCatalogs.MAX_TENANTS; i++) {
            catalogs.of(directory(), answers);
        }
        assertThat(catalogs.of(MINE, answers)).isSameAs(first);
        catalogs.of(directory(), answers);
        assertThat(catalogs.of(MINE, answers)).isSameAs(first);
        assertThat(catalogs.of(OTHER, answers)).isNotSameAs(second);
    }

    private static VendorDirectory directory() {
        return TaggingStand.ofBoth().directory;
    }

    private static List<TagAnswer> answers() {
        TagList list = TagList.of(List.of(Samples.tag(Vendor.SIPSIM, "1", "VIP")), Samples.NOON);
        return List.of(new TagAnswer(SourceOutcome.of(Vendor.SIPSIM, list), list));
    }
}
