/** Decides whether and how often vendor requests are sent: circuit breaker, bulkhead, cool-down and retries. */
@NullMarked
package io.taggateway.upstream.guard;

import org.jspecify.annotations.NullMarked;
