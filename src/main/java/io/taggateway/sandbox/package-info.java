/**
 * Simulates the APIs of all vendors with invented data, by HTTP servers on the loopback interface.
 *
 * <p>This package has the servers, their faults and their start; each vendor has a subpackage. Nothing here depends on
 * the rest of the gateway, whose adapters use a simulated vendor over HTTP only.
 */
@NullMarked
package io.taggateway.sandbox;

import org.jspecify.annotations.NullMarked;
