/** The vendors of the gateway and their state. */
@NullMarked
package io.taggateway.tagging.directory;

import org.jspecify.annotations.NullMarked;
