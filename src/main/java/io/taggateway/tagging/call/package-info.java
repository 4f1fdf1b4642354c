/** Use cases over calls: lists, single calls and their tags. */
@NullMarked
package io.taggateway.tagging.call;

import org.jspecify.annotations.NullMarked;
