/** Use cases over contacts: lists, single contacts, their tags and their calls. */
@NullMarked
package io.taggateway.tagging.contact;

import org.jspecify.annotations.NullMarked;
