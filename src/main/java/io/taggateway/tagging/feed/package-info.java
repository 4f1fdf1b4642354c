/** What changes at the vendors, told to whoever listens: by the gateway's writes, by reads that differ, by vendors. */
@NullMarked
package io.taggateway.tagging.feed;

import org.jspecify.annotations.NullMarked;
