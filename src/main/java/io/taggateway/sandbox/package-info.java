/**
 * Both vendors' APIs, played by HTTP servers on loopback over invented data: the gateway runs with no account anywhere.
 *
 * <p>Here live the servers, their faults and their start with the application; each vendor's part is in its subpackage.
 * No room of the gateway is known here: whoever needs a vendor meets it over HTTP.
 */
@NullMarked
package io.taggateway.sandbox;

import org.jspecify.annotations.NullMarked;
