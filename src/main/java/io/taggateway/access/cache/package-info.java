/** The cache of responses. */
@NullMarked
package io.taggateway.access.cache;

import org.jspecify.annotations.NullMarked;
