/** Measures HTTP requests to vendors, and observes those whose spans are exported. */
@NullMarked
package io.taggateway.upstream.telemetry;

import org.jspecify.annotations.NullMarked;
