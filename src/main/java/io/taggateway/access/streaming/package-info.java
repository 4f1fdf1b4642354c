/** Operations over WebSockets and server-sent events: their limits, their callers and their end. */
@NullMarked
package io.taggateway.access.streaming;

import org.jspecify.annotations.NullMarked;
