/** The connection to Redis. Without {@code REDIS_URL}, it has no bean and no thread. */
@NullMarked
package io.taggateway.cluster.redis;

import org.jspecify.annotations.NullMarked;
