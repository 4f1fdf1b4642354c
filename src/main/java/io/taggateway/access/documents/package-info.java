/**
 * Documents that clients send, automatic persisted queries and trusted documents. Each is parsed once, cached within
 * bounds, and found by its hash.
 */
@NullMarked
package io.taggateway.access.documents;

import org.jspecify.annotations.NullMarked;
