/** Tag lists in memory, and the detection of their changes. */
@NullMarked
package io.taggateway.upstream.cache;

import org.jspecify.annotations.NullMarked;
