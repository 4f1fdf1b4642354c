package io.taggateway.tagging.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.Samples;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.TagList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which catalogs are made anew, and which are forgotten. */
class RecentCatalogsTests {

    private static final Tenant OTHER = new Tenant("other");

    private final RecentCatalogs catalogs = new RecentCatalogs();
    private final List<TagAnswer> answers = answers();

    @Test
    void catalogOfTheSameListsIsTheSame() {
        TagCatalog catalog = catalogs.of(Tenant.DEFAULT, answers);
        assertThat(catalogs.of(Tenant.DEFAULT, answers)).isSameAs(catalog);
        assertThat(catalogs.of(OTHER, answers)).isNotSameAs(catalog);
        assertThat(catalogs.of(Tenant.DEFAULT, answers())).isNotSameAs(catalog);
    }

    @Test
    void tenantWhoWasNotHereForLongestIsForgotten() {
        TagCatalog first = catalogs.of(Tenant.DEFAULT, answers);
        TagCatalog second = catalogs.of(OTHER, answers);
        for (int i = 2; i < RecentCatalogs.MAX_TENANTS; i++) {
            catalogs.of(new Tenant("tenant-" + i), answers);
        }
        assertThat(catalogs.of(Tenant.DEFAULT, answers)).isSameAs(first);
        catalogs.of(new Tenant("one-more"), answers);
        assertThat(catalogs.of(Tenant.DEFAULT, answers)).isSameAs(first);
        assertThat(catalogs.of(OTHER, answers)).isNotSameAs(second);
    }

    private static List<TagAnswer> answers() {
        TagList list = TagList.of(List.of(Samples.tag(Vendor.SIPSIM, "1", "VIP")), Samples.NOON);
        return List.of(new TagAnswer(SourceOutcome.of(Vendor.SIPSIM, list), list));
    }
}
