/** The cache of responses, and executions that equal requests share. */
@NullMarked
package io.taggateway.access.cache;

import org.jspecify.annotations.NullMarked;
