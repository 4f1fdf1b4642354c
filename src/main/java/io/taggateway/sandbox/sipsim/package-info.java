/** Simulates SIPSIM's API: tags, calls and tokens. Types here depend on neither a server nor another vendor. */
@NullMarked
package io.taggateway.sandbox.sipsim;

import org.jspecify.annotations.NullMarked;
