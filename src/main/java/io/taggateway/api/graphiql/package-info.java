/**
 * The pages for people: GraphiQL, to explore the API, and the overview of all tags. All their files come from this
 * process.
 */
@NullMarked
package io.taggateway.api.graphiql;

import org.jspecify.annotations.NullMarked;
