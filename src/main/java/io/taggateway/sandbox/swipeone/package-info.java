/** Swipe One's API, simulated: tags and contacts. No type here knows a server or another vendor. */
@NullMarked
package io.taggateway.sandbox.swipeone;

import org.jspecify.annotations.NullMarked;
