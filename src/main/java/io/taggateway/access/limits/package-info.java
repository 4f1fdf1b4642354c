/** How much one operation may ask for. Nobody enters this room. */
@NullMarked
package io.taggateway.access.limits;

import org.jspecify.annotations.NullMarked;
