/** Use cases over groups, the tags of one slug across vendors: lists, changes and synchronization. */
@NullMarked
package io.taggateway.tagging.group;

import org.jspecify.annotations.NullMarked;
