package io.taggateway.tagging.operation;

/** What an operation has in its context for a while; each event of a subscription gets a new one. */
public interface Renewable {

    /** One as it was at the beginning. */
    Renewable renewed();
}
