/** GraphQL over HTTP: validation of requests, statuses and headers of responses. */
@NullMarked
package io.taggateway.access.http;

import org.jspecify.annotations.NullMarked;
