package io.taggateway.tagging.directory;

import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.source.VendorProfile.Origin;
import java.util.Map;

/** What an account at one vendor is opened with. */
public interface AccountSettings {

    /** The vendor's settings, checked by the record's constructor. */
    <T> T bind(Class<T> type);

    /** Who set the credentials, if there are any: operators, or the sandbox. */
    Origin origin();

    /** What tells the meters of this account from those of others at the vendor, the same keys for all. */
    Map<String, String> labels();

    /** Where changes at the vendor are published. */
    ChangeFeed feed();
}
