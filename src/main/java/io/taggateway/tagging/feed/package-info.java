/**
 * Events of changes at the vendors, which come from the gateway's writes, from differences between reads, and from
 * webhooks.
 */
@NullMarked
package io.taggateway.tagging.feed;

import org.jspecify.annotations.NullMarked;
