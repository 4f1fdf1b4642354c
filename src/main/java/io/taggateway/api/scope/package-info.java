/**
 * The scopes that the schema requires of callers ({@code @requiresScopes}), and the handling of fields whose scope the
 * caller lacks. The package {@code access.limits} determines which scopes an operation may need, and when it is refused
 * as a whole.
 */
@NullMarked
package io.taggateway.api.scope;

import org.jspecify.annotations.NullMarked;
