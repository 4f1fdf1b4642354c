/** The state of one operation, which is carried in Reactor's context and in GraphQL's. */
@NullMarked
package io.taggateway.tagging.operation;

import org.jspecify.annotations.NullMarked;
