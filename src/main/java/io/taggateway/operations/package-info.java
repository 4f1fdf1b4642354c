/**
 * The start report, the health of the vendors and metrics, for operators. It may depend on any package; no package
 * depends on it.
 */
@NullMarked
package io.taggateway.operations;

import org.jspecify.annotations.NullMarked;
