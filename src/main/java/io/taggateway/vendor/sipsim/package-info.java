/** The adapter of SIPSIM, whose calls have tags: its API, its quirks and its credentials. No type is public. */
@NullMarked
package io.taggateway.vendor.sipsim;

import org.jspecify.annotations.NullMarked;
