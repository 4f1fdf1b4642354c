/** Swipe One's API, played: tags and contacts, over invented data. It knows no server and no other vendor. */
@NullMarked
package io.taggateway.sandbox.swipeone;

import org.jspecify.annotations.NullMarked;
