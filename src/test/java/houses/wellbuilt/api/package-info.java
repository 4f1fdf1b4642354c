/** A room as it may be. */
@NullMarked
package houses.wellbuilt.api;

import org.jspecify.annotations.NullMarked;
