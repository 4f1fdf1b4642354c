/** Events of what changes at the vendors: by the gateway's writes, by reads that differ, by webhooks. */
@NullMarked
package io.taggateway.tagging.feed;

import org.jspecify.annotations.NullMarked;
