/** The normalized nouns: tags, calls, contacts, groups, their ids and colors. Knows nothing of any other room. */
@NullMarked
package io.taggateway.tagging.model;

import org.jspecify.annotations.NullMarked;
