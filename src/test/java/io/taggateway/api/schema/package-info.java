/** Tests of the schema: its form, its release, and its use by clients that generate code. */
@NullMarked
package io.taggateway.api.schema;

import org.jspecify.annotations.NullMarked;
