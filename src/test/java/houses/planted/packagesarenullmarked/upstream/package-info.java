/** As it should be. */
@NullMarked
package houses.planted.packagesarenullmarked.upstream;

import org.jspecify.annotations.NullMarked;
