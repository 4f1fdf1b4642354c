/** HTTP and JSON for all simulated vendors. Types here depend on neither a vendor nor a server. */
@NullMarked
package io.taggateway.sandbox.http;

import org.jspecify.annotations.NullMarked;
