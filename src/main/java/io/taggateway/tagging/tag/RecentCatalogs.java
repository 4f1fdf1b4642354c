package io.taggateway.tagging.tag;

import io.taggateway.tagging.directory.VendorDirectory;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogs that tenants had last, as one is made anew only when a vendor's list is another. */
final class RecentCatalogs {

    /** As many as there can be tag lists of one vendor in memory. */
    static final int MAX_TENANTS = 1_000;

    private final LinkedHashMap<VendorDirectory, TagCatalog> catalogs = new LinkedHashMap<>(16, 0.75f, true);

    /** The catalog of what the vendors answered; that of a directory who was not here for longest is forgotten. */
    TagCatalog of(VendorDirectory directory, List<TagAnswer> answers) {
        TagCatalog last = find(directory);
        if (last != null && last.isOf(answers)) {
            return last;
        }
        TagCatalog catalog = TagCatalog.of(answers);
        keep(directory, catalog);
        return catalog;
    }

    private synchronized @Nullable TagCatalog find(VendorDirectory directory) {
        return catalogs.get(directory);
    }

    private synchronized void keep(VendorDirectory directory, TagCatalog catalog) {
        catalogs.put(directory, catalog);
        if (catalogs.size() > MAX_TENANTS) {
            catalogs.pollFirstEntry();
        }
    }
}
