/** Use cases over the vendors' tags, calls and contacts; plain Java and Reactor. Ports are in {@code source}. */
@NullMarked
package io.taggateway.tagging;

import org.jspecify.annotations.NullMarked;
