/** The gateway as a subgraph: its schema in SDL, and entities by their keys. */
@NullMarked
package io.taggateway.api.federation;

import org.jspecify.annotations.NullMarked;
