/** The adapter of Swipe One, whose contacts have tags: its API, its quirks and its credentials. No type is public. */
@NullMarked
package io.taggateway.vendor.swipeone;

import org.jspecify.annotations.NullMarked;
