/** What many callers do to a whole gateway at once is recorded, and the record is checked against a model. */
@NullMarked
package io.taggateway.history;

import org.jspecify.annotations.NullMarked;
