package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.VendorAccount;
import io.taggateway.tagging.source.VendorProfile;
import io.taggateway.upstream.cache.TagSourceFactory;
import io.taggateway.upstream.http.Credentials;
import io.taggateway.upstream.http.PhoneNumbers;
import io.taggateway.upstream.http.UpstreamClient.Target;
import io.taggateway.upstream.http.UpstreamClients;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds Swipe One's adapters, in the order in which they are wrapped. */
@Configuration(proxyBeanMethods = false)
class SwipeOneConfiguration {

    private static final Set<Capability> SUPPORTED = EnumSet.of(
            Capability.LIST_TAGS,
            Capability.GET_TAG,
            Capability.CREATE_TAG,
            Capability.UPDATE_TAG,
            Capability.LIST_CONTACTS,
            Capability.TAG_CONTACTS);

    @Bean
    VendorProfile swipeOneProfile(
            SwipeOneProperties properties, @Value("${gateway.sandbox.active:false}") boolean sandbox) {
        VendorAccount configured = sandbox ? VendorAccount.SANDBOX : VendorAccount.LIVE;
        return new VendorProfile(Vendor.SWIPEONE, SUPPORTED, properties.configured() ? configured : VendorAccount.NONE);
    }

    @Bean
    @Nullable
    SwipeOneClient swipeOneClient(SwipeOneProperties properties, UpstreamClients clients) {
        if (!properties.configured()) {
            return null;
        }
        Target target = new Target(
                Vendor.SWIPEONE,
                properties.baseUrl(),
                Credentials.fixed("x-api-key", properties.apiKey().value()),
                properties.settings());
        return new SwipeOneClient(
                clients.client(target), properties.workspaceId().strip());
    }

    @Bean
    @Nullable
    TagSource swipeOneTagSource(
            @Nullable SwipeOneClient client, SwipeOneProperties properties, TagSourceFactory tagSourceFactory) {
        return client == null
                ? null
                : tagSourceFactory.caching(new SwipeOneTagSource(client, properties.colorFormat()), true);
    }

    @Bean
    @Nullable
    SwipeOneContactSource swipeOneContactSource(
            @Nullable SwipeOneClient client, PhoneNumbers phoneNumbers, Clock clock) {
        return client == null ? null : new SwipeOneContactSource(client, new SwipeOneMapper(phoneNumbers), clock);
    }

    @Bean
    @Nullable
    TagAssignments swipeOneTagAssignments(
            @Nullable SwipeOneClient client,
            @Nullable SwipeOneContactSource contacts,
            @Qualifier("swipeOneTagSource") @Nullable TagSource tags) {
        return client == null || contacts == null || tags == null
                ? null
                : new SwipeOneTagAssignments(client, contacts, tags);
    }
}
