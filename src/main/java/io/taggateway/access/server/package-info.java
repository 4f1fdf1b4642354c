/**
 * The HTTP server below Spring: what a connection may take in time and memory, how many requests are under way, and how
 * the server stops.
 */
@NullMarked
package io.taggateway.access.server;

import org.jspecify.annotations.NullMarked;
