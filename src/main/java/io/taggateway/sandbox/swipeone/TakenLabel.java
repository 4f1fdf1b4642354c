package io.taggateway.sandbox.swipeone;

/** What {@code POST /workspaces/{id}/tags} does about a label that a tag has already. */
public enum TakenLabel {
    /** 400 in an {@code error} envelope, as documented for contact properties. */
    REJECTED,
    /** 409. */
    CONFLICT,
    /** 201 with the tag that is there. */
    ANSWERED,
    /** 201 with a second tag. */
    DUPLICATED
}
