/** Simulates Swipe One's API: tags and contacts. Types here depend on neither a server nor another vendor. */
@NullMarked
package io.taggateway.sandbox.swipeone;

import org.jspecify.annotations.NullMarked;
