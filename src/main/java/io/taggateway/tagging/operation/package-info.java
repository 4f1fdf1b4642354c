/** The state of one operation, which is passed in Reactor's context and in the GraphQL context. */
@NullMarked
package io.taggateway.tagging.operation;

import org.jspecify.annotations.NullMarked;
