/** What requests to all vendors share: HTTP, time limits, decoding of failures, caching and shared loads. */
@NullMarked
package io.taggateway.upstream;

import org.jspecify.annotations.NullMarked;
