/** A room as it may be. */
@NullMarked
package io.taggateway.architecture.wellbuilt.vendor.sipsim;

import org.jspecify.annotations.NullMarked;
