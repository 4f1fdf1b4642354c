/** Rate limits of callers and addresses. Other packages use only its public types. */
@NullMarked
package io.taggateway.access.quota;

import org.jspecify.annotations.NullMarked;
