package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccount.PortSet;
import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.directory.VendorAccountFactory.AccountSettings;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.VendorProfile;
import io.taggateway.upstream.PhoneNumberNormalizer;
import io.taggateway.upstream.http.Credentials;
import io.taggateway.upstream.http.UpstreamConnection;
import io.taggateway.upstream.http.UpstreamConnectionFactory;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Opens accounts at Swipe One. */
@Component
final class SwipeOneAccountFactory implements VendorAccountFactory {

    static final Set<Capability> SUPPORTED = EnumSet.of(
            Capability.LIST_TAGS,
            Capability.GET_TAG,
            Capability.CREATE_TAG,
            Capability.UPDATE_TAG,
            Capability.LIST_CONTACTS,
            Capability.TAG_CONTACTS);

    private final UpstreamConnectionFactory upstream;
    private final PhoneNumberNormalizer phoneNumbers;
    private final Clock clock;

    SwipeOneAccountFactory(UpstreamConnectionFactory upstream, PhoneNumberNormalizer phoneNumbers, Clock clock) {
        this.upstream = upstream;
        this.phoneNumbers = phoneNumbers;
        this.clock = clock;
    }

    @Override
    public Vendor vendor() {
        return Vendor.SWIPEONE;
    }

    @Override
    public Class<?> settingsType() {
        return SwipeOneProperties.class;
    }

    @Override
    public VendorAccount open(AccountSettings settings) {
        SwipeOneProperties properties = settings.bind(SwipeOneProperties.class);
        if (!properties.configured()) {
            return VendorAccount.notConfigured(vendor(), SUPPORTED);
        }
        UpstreamConnection connection = upstream.connect(vendor(), properties.settings(), settings);
        Credentials key = Credentials.fixed("x-api-key", properties.apiKey().value());
        SwipeOneClient client = new SwipeOneClient(
                connection.client(properties.baseUrl(), key),
                properties.workspaceId().strip());
        TagSource tags = connection.cached(new SwipeOneTagSource(client, properties.colorFormat()), true);
        SwipeOneContactSource contacts = new SwipeOneContactSource(client, new SwipeOneMapper(phoneNumbers), clock);
        SwipeOneTagAssignments assignments =
                new SwipeOneTagAssignments(client, contacts, tags, connection.lock("contact"), clock);
        return new VendorAccount(
                new VendorProfile(vendor(), SUPPORTED, settings.origin()),
                new PortSet(tags, null, contacts, List.of(assignments), null),
                connection);
    }
}
