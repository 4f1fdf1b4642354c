package io.taggateway.tagging.model;

/** A capability of a vendor's API. */
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
