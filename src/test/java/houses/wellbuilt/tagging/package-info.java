/** A room as it may be. */
@NullMarked
package houses.wellbuilt.tagging;

import org.jspecify.annotations.NullMarked;
