/** The benchmark: this gateway beside bare Reactor Netty and plain Spring for GraphQL, over the same vendors. */
@NullMarked
package io.taggateway.bench;

import org.jspecify.annotations.NullMarked;
