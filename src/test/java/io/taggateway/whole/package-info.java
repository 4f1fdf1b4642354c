/** What tests over the whole gateway share: one running gateway, both vendors played, and a clock that tests move. */
@NullMarked
package io.taggateway.whole;

import org.jspecify.annotations.NullMarked;
