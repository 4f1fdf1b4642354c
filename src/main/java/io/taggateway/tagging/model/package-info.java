/** The normalized types: tags, calls, contacts, groups, their ids and colors. Depends on no other package. */
@NullMarked
package io.taggateway.tagging.model;

import org.jspecify.annotations.NullMarked;
