/** What decides whether a request to a vendor is sent, and how often: circuit, bulkhead, cool-down and retries. */
@NullMarked
package io.taggateway.upstream.guard;

import org.jspecify.annotations.NullMarked;
