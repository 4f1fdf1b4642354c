/** A room as it may be. */
@NullMarked
package io.taggateway.architecture.wellbuilt.vendor.swipeone;

import org.jspecify.annotations.NullMarked;
