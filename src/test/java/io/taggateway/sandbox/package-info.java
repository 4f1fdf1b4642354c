/** Tests of both simulated vendors over HTTP. */
@NullMarked
package io.taggateway.sandbox;

import org.jspecify.annotations.NullMarked;
