package io.taggateway.tagging.model;

/** Something that a vendor's API may be able to do. */
public enum Capability {
    LIST_TAGS,
    GET_TAG,
    CREATE_TAG,
    UPDATE_TAG,
    DELETE_TAG,
    TAG_DESCRIPTION,
    LIST_CALLS,
    TAG_CALLS,
    LIST_CONTACTS,
    TAG_CONTACTS,
    WEBHOOKS
}
