/** Swipe One, whose contacts carry tags: its API, its quirks and its credentials. Nothing here is public. */
@NullMarked
package io.taggateway.vendor.swipeone;

import org.jspecify.annotations.NullMarked;
