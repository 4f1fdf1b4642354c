/** Publishes change events to the subscribers of all replicas. */
@NullMarked
package io.taggateway.cluster.events;

import org.jspecify.annotations.NullMarked;
