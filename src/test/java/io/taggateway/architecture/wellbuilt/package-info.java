/** A room as it may be. */
@NullMarked
package io.taggateway.architecture.wellbuilt;

import org.jspecify.annotations.NullMarked;
