/** Checks of the repository itself: sources, containers, what may be committed. */
@NullMarked
package io.taggateway.build;

import org.jspecify.annotations.NullMarked;
