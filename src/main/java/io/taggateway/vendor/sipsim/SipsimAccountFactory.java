package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccount.PortSet;
import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.directory.VendorAccountFactory.AccountSettings;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.VendorProfile;
import io.taggateway.tagging.source.WebhookReceiver;
import io.taggateway.upstream.PhoneNumberNormalizer;
import io.taggateway.upstream.http.ClientCredentialsTokens;
import io.taggateway.upstream.http.Credentials;
import io.taggateway.upstream.http.SingleTagAssignments;
import io.taggateway.upstream.http.UpstreamConnection;
import io.taggateway.upstream.http.UpstreamConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens accounts at SIPSIM. */
@Component
final class SipsimAccountFactory implements VendorAccountFactory {

    static final Set<Capability> SUPPORTED = EnumSet.of(
            Capability.LIST_TAGS,
            Capability.CREATE_TAG,
            Capability.UPDATE_TAG,
            Capability.DELETE_TAG,
            Capability.TAG_DESCRIPTION,
            Capability.LIST_CALLS,
            Capability.TAG_CALLS);

    /** The documented lifetime. */
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(2);

    private final UpstreamConnectionFactory upstream;
    private final PhoneNumberNormalizer phoneNumbers;
    private final Clock clock;

    SipsimAccountFactory(UpstreamConnectionFactory upstream, PhoneNumberNormalizer phoneNumbers, Clock clock) {
        this.upstream = upstream;
        this.phoneNumbers = phoneNumbers;
        this.clock = clock;
    }

    @Override
    public Vendor vendor() {
        return Vendor.SIPSIM;
    }

    @Override
    public Class<?> settingsType() {
        return SipsimProperties.class;
    }

    @Override
    public VendorAccount open(AccountSettings settings) {
        SipsimProperties properties = settings.bind(SipsimProperties.class);
        Set<Capability> supported = supported(properties);
        if (!properties.configured()) {
            return VendorAccount.notConfigured(vendor(), supported);
        }
        UpstreamConnection connection = upstream.connect(vendor(), properties.settings(), settings);
        SipsimClient client =
                new SipsimClient(connection.client(properties.baseUrl(), credentials(properties, connection)));
        TagSource tags = connection.cached(new SipsimTagSource(client), false);
        SipsimCallSource calls = new SipsimCallSource(client, new SipsimMapper(phoneNumbers), clock);
        SingleTagAssignments assignments = new SingleTagAssignments(vendor(), calls);
        return new VendorAccount(
                new VendorProfile(vendor(), supported, settings.origin()),
                new PortSet(
                        tags,
                        calls,
                        null,
                        List.of(assignments),
                        webhook(properties, new SipsimWebhookEvents.SourcePair(tags, calls), settings, connection)),
                connection);
    }

    private @Nullable WebhookReceiver webhook(
            SipsimProperties properties,
            SipsimWebhookEvents.SourcePair sources,
            AccountSettings settings,
            UpstreamConnection connection) {
        return properties.webhookSecret().isSet()
                ? new SipsimWebhook(
                        properties.webhookSecret(),
                        new SipsimWebhookEvents(
                                sources,
                                connection.deliveries(SipsimWebhookEvents.RETENTION),
                                settings.feed(),
                                settings.label().tenant(),
                                clock),
                        clock)
                : null;
    }

    private static Set<Capability> supported(SipsimProperties properties) {
        Set<Capability> supported = EnumSet.copyOf(SUPPORTED);
        if (properties.webhookSecret().isSet()) {
            supported.add(Capability.WEBHOOKS);
        }
        return supported;
    }

    private static Credentials credentials(SipsimProperties properties, UpstreamConnection connection) {
        if (properties.accessToken().isSet()) {
            return Credentials.fixed(
                    "Authorization", "Bearer " + properties.accessToken().value());
        }
        return connection.tokens(new ClientCredentialsTokens.Client(
                properties.effectiveTokenUrl(),
                properties.clientId().strip(),
                properties.clientSecret(),
                properties.scopes().strip().replaceAll("\\s+", " "),
                TOKEN_LIFETIME));
    }
}
