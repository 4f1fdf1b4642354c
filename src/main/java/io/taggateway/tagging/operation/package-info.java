/** The state of one GraphQL operation, which is carried in the context of Reactor. */
@NullMarked
package io.taggateway.tagging.operation;

import org.jspecify.annotations.NullMarked;
