/** Relay connections: cursors, page arguments, and the walk over a vendor's pages that fills them. */
@NullMarked
package io.taggateway.tagging.paging;

import org.jspecify.annotations.NullMarked;
