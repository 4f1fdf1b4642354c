/** Use cases that change tags, and what is on calls and contacts; what callers can mend is told as user errors. */
@NullMarked
package io.taggateway.tagging.write;

import org.jspecify.annotations.NullMarked;
