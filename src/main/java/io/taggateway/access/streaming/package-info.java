/** Operations over WebSockets and server-sent events: how many, by whom, and how they end. */
@NullMarked
package io.taggateway.access.streaming;

import org.jspecify.annotations.NullMarked;
