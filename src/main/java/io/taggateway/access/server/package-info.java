/**
 * The HTTP server below Spring: limits on the time and memory of connections, the number of requests in progress, and
 * the stop of the server.
 */
@NullMarked
package io.taggateway.access.server;

import org.jspecify.annotations.NullMarked;
