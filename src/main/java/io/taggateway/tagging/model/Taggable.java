package io.taggateway.tagging.model;

/** What a tag can be put on. */
public sealed interface Taggable permits Call, Contact {

    /** The id across vendors. */
    String id();

    Vendor vendor();

    /** The vendor's own id. */
    String remoteId();
}
