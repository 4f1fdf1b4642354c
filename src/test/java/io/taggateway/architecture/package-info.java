/** The rules of the architecture, and tests that each of them can fail. */
@NullMarked
package io.taggateway.architecture;

import org.jspecify.annotations.NullMarked;
