package io.taggateway.tagging.paging;

import io.taggateway.tagging.source.SourceOutcome;
import java.util.List;

/**
 * The number of calls or contacts with a tag, counted up to a bound.
 *
 * @param count the exact number or a lower bound
 * @param exact whether all were counted; false if the bound was reached or a vendor failed
 * @param sources the outcomes of the vendors that received requests
 */
public record UseCount(int count, boolean exact, List<SourceOutcome> sources) {}
