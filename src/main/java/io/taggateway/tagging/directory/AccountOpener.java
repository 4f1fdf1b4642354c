package io.taggateway.tagging.directory;

import io.taggateway.tagging.feed.ChangeFeed;
import java.util.List;

/** Opens the accounts of one tenant. */
public interface AccountOpener {

    /**
     * One account a vendor, those that are not configured included.
     *
     * @param feed where the accounts publish changes
     */
    List<VendorAccount> open(ChangeFeed feed);
}
