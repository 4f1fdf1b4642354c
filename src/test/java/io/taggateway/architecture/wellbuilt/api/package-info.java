/** A room as it may be. */
@NullMarked
package io.taggateway.architecture.wellbuilt.api;

import org.jspecify.annotations.NullMarked;
