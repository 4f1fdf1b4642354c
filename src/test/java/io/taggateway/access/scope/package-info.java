/** Tests of the scopes that the schema requires, generated from the schema. */
@NullMarked
package io.taggateway.access.scope;

import org.jspecify.annotations.NullMarked;
