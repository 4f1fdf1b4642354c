/** A room as it may be. */
@NullMarked
package houses.wellbuilt.access;

import org.jspecify.annotations.NullMarked;
