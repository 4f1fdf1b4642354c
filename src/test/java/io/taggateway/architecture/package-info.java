/** The rules of the house (README, map of rooms), and the proof that each of them can fail. */
@NullMarked
package io.taggateway.architecture;

import org.jspecify.annotations.NullMarked;
