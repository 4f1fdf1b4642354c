package io.taggateway.upstream.cache;

import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.guard.KeyedLock;

/**
 * The source whose tags are cached, with its locks and its caches in other replicas.
 *
 * @param findsSingly whether the vendor has a request for a single tag
 * @param lock of slugs and ids of tags
 * @param replicas the caches of the same list in other replicas
 */
record CachedSource(TagSource vendorSource, boolean findsSingly, KeyedLock lock, TagListExchange.Member replicas) {}
