package io.taggateway.tagging.tag;

import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.TagList;
import org.jspecify.annotations.Nullable;

/**
 * What one vendor answered when asked for its tags.
 *
 * @param list null where it gave none
 */
record TagAnswer(SourceOutcome outcome, @Nullable TagList list) {}
