/** Access to the gateway: the security mode, and the check at start that it is safe. */
@NullMarked
package io.taggateway.access.security;

import org.jspecify.annotations.NullMarked;
