package io.taggateway.tagging.feed;

import io.taggateway.tagging.model.Tenant;

/** Opens the feeds of tenants. */
public interface ChangeFeedFactory {

    /**
     * A feed of a tenant, which is open until it ends.
     *
     * @param buffer the number of events that a subscriber may lag behind
     */
    ChangeFeed open(Tenant tenant, int buffer);
}
