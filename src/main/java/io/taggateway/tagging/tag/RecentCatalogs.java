package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogs that tenants had last, as one is made anew only when a vendor's list is another. */
final class RecentCatalogs {

    /** As many as there can be tag lists of one vendor in memory. */
    static final int MAX_TENANTS = 1_000;

    private final LinkedHashMap<Tenant, TagCatalog> catalogs = new LinkedHashMap<>(16, 0.75f, true);

    /** The catalog of what the vendors answered; that of a tenant who was not here for longest is forgotten. */
    TagCatalog of(Tenant tenant, List<TagAnswer> answers) {
        TagCatalog last = find(tenant);
        if (last != null && last.isOf(answers)) {
            return last;
        }
        TagCatalog catalog = TagCatalog.of(answers);
        keep(tenant, catalog);
        return catalog;
    }

    private synchronized @Nullable TagCatalog find(Tenant tenant) {
        return catalogs.get(tenant);
    }

    private synchronized void keep(Tenant tenant, TagCatalog catalog) {
        catalogs.put(tenant, catalog);
        if (catalogs.size() > MAX_TENANTS) {
            catalogs.pollFirstEntry();
        }
    }
}
