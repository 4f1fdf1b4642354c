/** Operations over WebSockets and server-sent events: limits, authentication and cancellation. */
@NullMarked
package io.taggateway.access.streaming;

import org.jspecify.annotations.NullMarked;
