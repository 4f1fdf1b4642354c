/** Locks that replicas share. */
@NullMarked
package io.taggateway.cluster.lock;

import org.jspecify.annotations.NullMarked;
