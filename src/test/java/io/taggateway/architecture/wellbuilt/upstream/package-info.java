/** A room as it may be. */
@NullMarked
package io.taggateway.architecture.wellbuilt.upstream;

import org.jspecify.annotations.NullMarked;
