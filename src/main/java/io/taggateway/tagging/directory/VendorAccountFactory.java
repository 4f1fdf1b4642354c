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
     * Opens an account with all of its ports; without ports if the settings have no credentials.
     *
     * @throws IllegalArgumentException if settings are contradictory
     */
    VendorAccount open(AccountSettings settings);

    /** The settings of an account at one vendor. */
    interface AccountSettings {

        /** The vendor's settings, checked by the record's constructor. */
        <T> T bind(Class<T> type);

        /** The origin of the credentials, if there are any: operators or the sandbox. */
        Origin origin();

        /** Identifies the meters and log lines of this account among those at the vendor. */
        TenantLabel label();

        /**
         * Identifies the settings that were bound, with their secrets, which cannot be computed from it: the same in
         * every replica with the same settings.
         */
        String identity();

        /** Where changes at the vendor are published. */
        ChangeFeed feed();
    }
}
