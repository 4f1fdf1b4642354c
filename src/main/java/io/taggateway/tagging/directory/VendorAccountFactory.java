package io.taggateway.tagging.directory;

import io.taggateway.tagging.model.Vendor;

/** Opens accounts at one vendor. */
public interface VendorAccountFactory {

    Vendor vendor();

    /**
     * An account with all of its ports; without any where the settings hold no credentials.
     *
     * @throws IllegalArgumentException if settings are contradictory
     */
    VendorAccount open(AccountSettings settings);
}
