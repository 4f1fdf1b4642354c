/** SIPSIM's API, played over invented data: tags, calls, tokens. It knows no server and no other vendor. */
@NullMarked
package io.taggateway.sandbox.sipsim;

import org.jspecify.annotations.NullMarked;
