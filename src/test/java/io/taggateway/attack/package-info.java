/** Tests that send a gateway hostile values, and malformed bodies, documents and frames, as an attacker would. */
@NullMarked
package io.taggateway.attack;

import org.jspecify.annotations.NullMarked;
