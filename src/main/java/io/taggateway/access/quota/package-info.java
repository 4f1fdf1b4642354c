/** How much each caller, and each address, may ask for in a minute. Other packages use only its public types. */
@NullMarked
package io.taggateway.access.quota;

import org.jspecify.annotations.NullMarked;
