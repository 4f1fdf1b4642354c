/**
 * Access to the gateway: the security mode, and the check at start that it is safe. Nothing depends on this package.
 */
@NullMarked
package io.taggateway.access.security;

import org.jspecify.annotations.NullMarked;
