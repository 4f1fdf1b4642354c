/** The ports through which vendors are asked, one small interface a noun, and the words they speak. */
@NullMarked
package io.taggateway.tagging.source;

import org.jspecify.annotations.NullMarked;
