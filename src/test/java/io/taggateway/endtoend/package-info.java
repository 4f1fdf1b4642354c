/** Tests of a whole gateway before vendors that fail, change or end connections. */
@NullMarked
package io.taggateway.endtoend;

import org.jspecify.annotations.NullMarked;
