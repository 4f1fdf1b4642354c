/**
 * The scopes that the schema requires of callers ({@code @requiresScopes}), and what is done with a field whose scope
 * the caller does not have. Which scopes an operation may need, and when it is refused as a whole, is decided in
 * {@code access.limits}.
 */
@NullMarked
package io.taggateway.api.scope;

import org.jspecify.annotations.NullMarked;
