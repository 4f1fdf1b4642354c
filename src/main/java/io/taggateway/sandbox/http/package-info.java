/** What both played vendors share of HTTP and JSON; it knows neither vendor and no server. */
@NullMarked
package io.taggateway.sandbox.http;

import org.jspecify.annotations.NullMarked;
