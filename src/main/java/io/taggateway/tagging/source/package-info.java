/** The ports that vendors implement, one small interface for each noun, and the types that they use. */
@NullMarked
package io.taggateway.tagging.source;

import org.jspecify.annotations.NullMarked;
