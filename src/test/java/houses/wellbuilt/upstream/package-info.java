/** A room as it may be. */
@NullMarked
package houses.wellbuilt.upstream;

import org.jspecify.annotations.NullMarked;
