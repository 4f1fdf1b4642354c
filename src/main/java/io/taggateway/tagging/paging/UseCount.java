package io.taggateway.tagging.paging;

import io.taggateway.tagging.source.SourceOutcome;
import java.util.List;

/**
 * How many calls or contacts carry a tag, counted up to a bound.
 *
 * @param count at least so many
 * @param exact whether all were counted; false where the bound was reached or a vendor failed
 * @param sources the vendors that were asked
 */
public record UseCount(int count, boolean exact, List<SourceOutcome> sources) {}
