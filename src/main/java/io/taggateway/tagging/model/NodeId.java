package io.taggateway.tagging.model;

/** The id of a vendor's object or of a group of tags. */
public sealed interface NodeId permits GlobalId, GroupId {

    /**
     * Reads an id as clients send it.
     *
     * @throws BadInputException if it is malformed
     */
    static NodeId parse(String text) {
        return text.startsWith(GroupId.PREFIX) ? GroupId.parse(text) : GlobalId.parse(text);
    }
}
