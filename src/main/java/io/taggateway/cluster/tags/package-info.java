/** Keeps the tag lists of replicas consistent. */
@NullMarked
package io.taggateway.cluster.tags;

import org.jspecify.annotations.NullMarked;
