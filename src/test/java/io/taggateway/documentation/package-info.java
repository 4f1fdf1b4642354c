/** Tests that hold README, {@code docs} and the example operations to the code. */
@NullMarked
package io.taggateway.documentation;

import org.jspecify.annotations.NullMarked;
