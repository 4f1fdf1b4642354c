/** SIPSIM, whose calls carry tags: its API, its quirks and its credentials. Nothing here is public. */
@NullMarked
package io.taggateway.vendor.sipsim;

import org.jspecify.annotations.NullMarked;
