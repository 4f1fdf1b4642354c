/** Use cases over tags: lists, references to tags, and their creation, change and deletion. */
@NullMarked
package io.taggateway.tagging.tag;

import org.jspecify.annotations.NullMarked;
