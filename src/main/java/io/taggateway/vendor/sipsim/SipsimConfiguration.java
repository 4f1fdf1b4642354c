package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.feed.ChangeFeed;
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
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Builds SIPSIM's adapters, in the order in which they are wrapped. */
@Configuration(proxyBeanMethods = false)
class SipsimConfiguration {

    private static final Set<Capability> SUPPORTED = EnumSet.of(
            Capability.LIST_TAGS,
            Capability.CREATE_TAG,
            Capability.UPDATE_TAG,
            Capability.DELETE_TAG,
            Capability.TAG_DESCRIPTION,
            Capability.LIST_CALLS,
            Capability.TAG_CALLS);

    @Bean
    VendorProfile sipsimProfile(
            SipsimProperties properties, @Value("${gateway.sandbox.active:false}") boolean sandbox) {
        VendorAccount configured = sandbox ? VendorAccount.SANDBOX : VendorAccount.LIVE;
        Set<Capability> supported = EnumSet.copyOf(SUPPORTED);
        if (properties.webhookSecret().isSet()) {
            supported.add(Capability.WEBHOOKS);
        }
        return new VendorProfile(Vendor.SIPSIM, supported, properties.configured() ? configured : VendorAccount.NONE);
    }

    @Bean
    @Nullable
    SipsimClient sipsimClient(SipsimProperties properties, UpstreamClients clients, Clock clock) {
        if (!properties.configured()) {
            return null;
        }
        return new SipsimClient(clients.client(new Target(
                Vendor.SIPSIM, properties.baseUrl(), credentials(properties, clients, clock), properties.settings())));
    }

    @Bean
    @Nullable
    TagSource sipsimTagSource(@Nullable SipsimClient client, TagSourceFactory tagSourceFactory) {
        return client == null ? null : tagSourceFactory.caching(new SipsimTagSource(client), false);
    }

    @Bean
    @Nullable
    SipsimCallSource sipsimCallSource(@Nullable SipsimClient client, PhoneNumbers phoneNumbers, Clock clock) {
        return client == null ? null : new SipsimCallSource(client, new SipsimMapper(phoneNumbers), clock);
    }

    @Bean
    @Nullable
    TagAssignments sipsimTagAssignments(@Nullable SipsimClient client, @Nullable SipsimCallSource calls) {
        return client == null || calls == null ? null : new SipsimTagAssignments(client, calls);
    }

    @Bean
    RouterFunction<ServerResponse> sipsimWebhookRoutes(
            SipsimProperties properties,
            @Qualifier("sipsimTagSource") @Nullable TagSource tags,
            ChangeFeed feed,
            Clock clock) {
        return tags == null || !properties.webhookSecret().isSet()
                ? request -> Mono.empty()
                : new SipsimWebhook(properties.webhookSecret(), new SipsimNews(tags, feed, clock), clock).routes();
    }

    private static Credentials credentials(SipsimProperties properties, UpstreamClients clients, Clock clock) {
        if (properties.accessToken().isSet()) {
            return Credentials.fixed(
                    "Authorization", "Bearer " + properties.accessToken().value());
        }
        WebClientReactiveClientCredentialsTokenResponseClient tokenClient =
                new WebClientReactiveClientCredentialsTokenResponseClient();
        tokenClient.setWebClient(clients.tokenClient(Vendor.SIPSIM, properties.limits()));
        ClientRegistration registration = ClientRegistration.withRegistrationId("sipsim")
                .tokenUri(properties.effectiveTokenUrl())
                .clientId(properties.clientId().strip())
                .clientSecret(properties.clientSecret().value())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope(properties.scopes().strip().split("\\s+"))
                .build();
        return new SipsimTokens(tokenClient, registration, properties.limits().responseTimeout(), clock);
    }
}
