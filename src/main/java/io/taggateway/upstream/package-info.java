/** What requests to any vendor share: HTTP, time limits, decoding of failures, caching and single flight. */
@NullMarked
package io.taggateway.upstream;

import org.jspecify.annotations.NullMarked;
