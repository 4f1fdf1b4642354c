package io.taggateway.tagging.directory;

import io.taggateway.tagging.feed.ChangeFeed;
import java.util.List;
import java.util.Map;

/** Opens the accounts of one tenant. */
public interface AccountOpener {

    /**
     * One account a vendor, those that are not configured included.
     *
     * @param labels of the accounts' meters
     * @param feed where the accounts publish changes
     */
    List<VendorAccount> open(Map<String, String> labels, ChangeFeed feed);
}
