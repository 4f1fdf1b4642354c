/** The invented people whom all simulated vendors know: parties of calls, and contacts. */
@NullMarked
package io.taggateway.sandbox.people;

import org.jspecify.annotations.NullMarked;
