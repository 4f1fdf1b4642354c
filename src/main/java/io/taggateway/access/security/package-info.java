/** Authenticates and authorizes callers, and checks at start that the security mode is safe. */
@NullMarked
package io.taggateway.access.security;

import org.jspecify.annotations.NullMarked;
