package houses.wellbuilt.tagging;

import org.jspecify.annotations.Nullable;

public record Tag(String id, Vendor vendor, @Nullable String color) {
    int size(int[] widths, Vendor... vendors) {
        return widths.length + vendors.length;
    }
}
