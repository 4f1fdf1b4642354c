/** Limits on operations. Other packages use only its public types. */
@NullMarked
package io.taggateway.access.limits;

import org.jspecify.annotations.NullMarked;
