/** The invented people whom both played vendors know: as parties of calls at the one, as contacts at the other. */
@NullMarked
package io.taggateway.sandbox.people;

import org.jspecify.annotations.NullMarked;
