/** The GraphQL API: controllers, scalars and the rendering of errors. It does not depend on vendors. */
@NullMarked
package io.taggateway.api;

import org.jspecify.annotations.NullMarked;
