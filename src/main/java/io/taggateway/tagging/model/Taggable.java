package io.taggateway.tagging.model;

/** An object to which tags can be assigned. */
public sealed interface Taggable permits Call, Contact {

    /** The id across vendors. */
    String id();

    Vendor vendor();

    /** The vendor's own id. */
    String remoteId();
}
