/** Errors in responses: codes, entries and their extensions. Used by {@code api} and {@code access}. */
@NullMarked
package io.taggateway.api.error;

import org.jspecify.annotations.NullMarked;
