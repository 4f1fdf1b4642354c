/** Requests to vendors: client, credentials, decoding of failures and JSON, metrics. */
@NullMarked
package io.taggateway.upstream.http;

import org.jspecify.annotations.NullMarked;
