/** What tests share: a gateway before sandboxed vendors, clients of it, a settable clock, and programs of Node.js. */
@NullMarked
package io.taggateway.support;

import org.jspecify.annotations.NullMarked;
