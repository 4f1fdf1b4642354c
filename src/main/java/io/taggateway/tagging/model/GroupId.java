package io.taggateway.tagging.model;

/**
 * The id of a group of tags, written {@code group:<slug, percent-encoded>}.
 *
 * @param slug the slug, decoded
 */
public record GroupId(String slug) implements NodeId {

    static final String PREFIX = "group:";

    /**
     * Reads an id as clients send it.
     *
     * @throws BadInputException if it is malformed or the id of something else
     */
    public static GroupId parse(String text) {
        String slug = text.startsWith(PREFIX) ? GlobalId.decode(text.substring(PREFIX.length())) : null;
        if (slug == null) {
            throw new BadInputException("`" + BadInputException.excerpt(text)
                    + "` is no id of a group; such an id looks like `group:hot-lead`.");
        }
        return new GroupId(slug);
    }

    /** The id of a group as clients see it. */
    public static String of(String slug) {
        StringBuilder text = new StringBuilder(PREFIX);
        GlobalId.encode(slug, text);
        return text.toString();
    }
}
