/** A room as it may be. */
@NullMarked
package io.taggateway.architecture.wellbuilt.access;

import org.jspecify.annotations.NullMarked;
