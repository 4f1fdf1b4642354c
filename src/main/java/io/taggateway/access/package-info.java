/** The edge of the gateway: the order of its filters and interceptors. No other package depends on this one. */
@NullMarked
package io.taggateway.access;

import org.jspecify.annotations.NullMarked;
