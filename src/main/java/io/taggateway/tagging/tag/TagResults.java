package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.UserError;
import java.util.List;

/**
 * What became of tags at several vendors.
 *
 * @param results in the order of the vendors, or of the tags
 * @param userErrors what concerns the input as such; nothing was asked of a vendor then
 */
public record TagResults(List<TagResult> results, List<UserError> userErrors) {

    public static TagResults refused(List<UserError> userErrors) {
        return new TagResults(List.of(), userErrors);
    }
}
