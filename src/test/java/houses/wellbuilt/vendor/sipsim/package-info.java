/** A room as it may be. */
@NullMarked
package houses.wellbuilt.vendor.sipsim;

import org.jspecify.annotations.NullMarked;
