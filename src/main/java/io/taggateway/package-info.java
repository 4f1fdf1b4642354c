/** Starts Spring; nothing imports it. */
@NullMarked
package io.taggateway;

import org.jspecify.annotations.NullMarked;
