/**
 * The gateway as a part of a federated graph: its schema in SDL, and the objects that other parts name by their keys.
 */
@NullMarked
package io.taggateway.api.federation;

import org.jspecify.annotations.NullMarked;
