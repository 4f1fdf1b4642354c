/** Tests that record the operations of many concurrent callers and check the record against a model. */
@NullMarked
package io.taggateway.history;

import org.jspecify.annotations.NullMarked;
