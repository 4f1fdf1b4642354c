/** Walks both played vendors over real HTTP, as a client from outside would. */
@NullMarked
package io.taggateway.sandbox;

import org.jspecify.annotations.NullMarked;
