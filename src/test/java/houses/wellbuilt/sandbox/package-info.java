/** A room as it may be. */
@NullMarked
package houses.wellbuilt.sandbox;

import org.jspecify.annotations.NullMarked;
