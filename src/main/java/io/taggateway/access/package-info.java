/** Who may come in, and how much: the edge of the gateway. Nobody enters this room. */
@NullMarked
package io.taggateway.access;

import org.jspecify.annotations.NullMarked;
