/**
 * GraphiQL, the page on which people explore the API: served whole from this process, with ready example operations.
 */
@NullMarked
package io.taggateway.api.graphiql;

import org.jspecify.annotations.NullMarked;
