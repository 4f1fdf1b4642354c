/**
 * GraphQL over HTTP: validation of requests, statuses and headers of responses, and repeated requests. It also has the
 * endpoints of webhooks and of cache invalidation.
 */
@NullMarked
package io.taggateway.access.http;

import org.jspecify.annotations.NullMarked;
