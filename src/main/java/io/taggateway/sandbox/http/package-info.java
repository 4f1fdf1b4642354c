/** HTTP and JSON of all simulated vendors; no type here knows a vendor or a server. */
@NullMarked
package io.taggateway.sandbox.http;

import org.jspecify.annotations.NullMarked;
