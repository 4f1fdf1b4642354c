/** What operators see: the start report and the health of the vendors. Reads any package; nothing depends on it. */
@NullMarked
package io.taggateway.operations;

import org.jspecify.annotations.NullMarked;
