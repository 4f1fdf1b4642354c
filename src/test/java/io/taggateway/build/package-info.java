/** Checks of the repository itself: sources, containers and committed files. */
@NullMarked
package io.taggateway.build;

import org.jspecify.annotations.NullMarked;
