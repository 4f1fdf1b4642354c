/** Tests that send a gateway what an attacker would: hostile values, and malformed bodies, documents and frames. */
@NullMarked
package io.taggateway.attack;

import org.jspecify.annotations.NullMarked;
