/** Responses that were sent and may be sent again. */
@NullMarked
package io.taggateway.access.cache;

import org.jspecify.annotations.NullMarked;
