/** A room as it may be. */
@NullMarked
package io.taggateway.architecture.wellbuilt.sandbox;

import org.jspecify.annotations.NullMarked;
