/** GraphQL over HTTP: what requests have to be like, and what answers say of themselves to clients and caches. */
@NullMarked
package io.taggateway.access.http;

import org.jspecify.annotations.NullMarked;
