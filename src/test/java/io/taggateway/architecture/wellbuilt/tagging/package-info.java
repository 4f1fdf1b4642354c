/** A room as it may be. */
@NullMarked
package io.taggateway.architecture.wellbuilt.tagging;

import org.jspecify.annotations.NullMarked;
