package io.taggateway.tagging.directory;

import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.VendorProfile.Origin;

/** Opens accounts at one vendor. */
public interface VendorAccountFactory {

    Vendor vendor();

    /** The type that the vendor's settings are bound to. */
    Class<?> settingsType();

    /**
     * An account with all of its ports; without any where the settings hold no credentials.
     *
     * @throws IllegalArgumentException if settings are contradictory
     */
    VendorAccount open(AccountSettings settings);

    /** What an account at one vendor is opened with. */
    interface AccountSettings {

        /** The vendor's settings, checked by the record's constructor. */
        <T> T bind(Class<T> type);

        /** Who set the credentials, if there are any: operators, or the sandbox. */
        Origin origin();

        /** Identifies the meters and log lines of this account among those at the vendor. */
        TenantLabel label();

        /** Where changes at the vendor are published. */
        ChangeFeed feed();
    }
}
