/**
 * The documents that clients send, persist or are trusted with: parsed once, bounded, and found again by their hash.
 */
@NullMarked
package io.taggateway.access.documents;

import org.jspecify.annotations.NullMarked;
