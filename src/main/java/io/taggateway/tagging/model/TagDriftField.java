package io.taggateway.tagging.model;

/** In what the tags of a group can disagree. */
public enum TagDriftField {
    NAME,
    COLOR,
    DESCRIPTION,
    /** More than one tag of the group in one vendor. */
    DUPLICATE
}
