/** What tests run with Node, and where they find the programs for it. */
@NullMarked
package io.taggateway.node;

import org.jspecify.annotations.NullMarked;
