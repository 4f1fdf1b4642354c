/** Documents, webhook deliveries, tokens and cool-downs that replicas share. */
@NullMarked
package io.taggateway.cluster.state;

import org.jspecify.annotations.NullMarked;
