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

    /** Identifies the meters of this account among those at the vendor; the keys are the same for all accounts. */
    Map<String, String> labels();

    /** Where changes at the vendor are published. */
    ChangeFeed feed();
}
