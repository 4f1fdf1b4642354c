/** A room as it may be. */
@NullMarked
package houses.wellbuilt.vendor.swipeone;

import org.jspecify.annotations.NullMarked;
