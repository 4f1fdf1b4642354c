/** The invented people of all simulated vendors: parties of calls, and contacts. */
@NullMarked
package io.taggateway.sandbox.people;

import org.jspecify.annotations.NullMarked;
