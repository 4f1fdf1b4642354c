/** A room as it may be. */
@NullMarked
package houses.wellbuilt;

import org.jspecify.annotations.NullMarked;
