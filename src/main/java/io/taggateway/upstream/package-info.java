/** The road to any vendor: HTTP, time limits, decoding of failures, caching and single flight. Knows no vendor. */
@NullMarked
package io.taggateway.upstream;

import org.jspecify.annotations.NullMarked;
