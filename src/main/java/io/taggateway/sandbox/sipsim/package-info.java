/** SIPSIM's API, simulated: tags, calls and tokens. No type here knows a server or another vendor. */
@NullMarked
package io.taggateway.sandbox.sipsim;

import org.jspecify.annotations.NullMarked;
