package io.taggateway.tagging.model;

/**
 * A message for people that may contain data of tags which its receiver did not send.
 *
 * @param text for callers that may read tags
 * @param withoutTags for other callers
 */
public record TagMessage(String text, String withoutTags) {

    /** A message without data of tags. */
    public static TagMessage of(String text) {
        return new TagMessage(text, text);
    }

    /** This message, followed by data of tags. */
    TagMessage followedBy(String data) {
        return new TagMessage(text + data, withoutTags);
    }

    /** This message before a text without data of tags. */
    public TagMessage before(String end) {
        return new TagMessage(text + end, withoutTags + end);
    }

    /** This message after a text without data of tags. */
    public TagMessage after(String beginning) {
        return new TagMessage(beginning + text, beginning + withoutTags);
    }
}
