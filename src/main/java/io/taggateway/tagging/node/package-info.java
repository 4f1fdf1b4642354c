/** Tags, calls and contacts by their global ids. */
@NullMarked
package io.taggateway.tagging.node;

import org.jspecify.annotations.NullMarked;
