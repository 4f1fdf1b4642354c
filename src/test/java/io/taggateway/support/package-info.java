/** Shared test support: a gateway with simulated vendors, clients, a settable clock, and programs of Node.js. */
@NullMarked
package io.taggateway.support;

import org.jspecify.annotations.NullMarked;
