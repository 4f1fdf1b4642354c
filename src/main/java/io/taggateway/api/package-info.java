/** GraphQL in, GraphQL out: controllers, scalars and the rendering of errors. No vendor is known here. */
@NullMarked
package io.taggateway.api;

import org.jspecify.annotations.NullMarked;
