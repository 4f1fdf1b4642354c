/**
 * The state that several gateways share over Redis, behind interfaces of other packages. No other package depends on
 * this.
 */
@NullMarked
package io.taggateway.cluster;

import org.jspecify.annotations.NullMarked;
