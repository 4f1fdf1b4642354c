package io.taggateway.upstream;

import io.taggateway.tagging.directory.TenantRegistry.AccountOpener;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.directory.VendorAccountFactory.AccountSettings;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.VendorProfile.Origin;
import io.taggateway.upstream.http.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Opens accounts with the settings under {@code gateway.vendors}; where these hold no secret at all, with what a
 * substitute provides, such as the sandbox.
 */
@Component
final class ConfiguredAccountOpener implements AccountOpener {

    private final List<VendorAccountFactory> factories;
    private final Environment environment;
    private final ObjectProvider<ConfigurationPropertySource> substitute;

    /**
     * Accounts of all vendors.
     *
     * @param substitute not asked for as long as there is any secret
     */
    ConfiguredAccountOpener(
            List<VendorAccountFactory> factories,
            Environment environment,
            ObjectProvider<ConfigurationPropertySource> substitute) {
        this.factories = List.copyOf(factories);
        this.environment = environment;
        this.substitute = substitute;
    }

    @Override
    public List<VendorAccount> open(Map<String, String> labels, ChangeFeed feed) {
        SecretDetector secrets = new SecretDetector();
        Binder live = binder(Stream.empty(), secrets);
        List<VendorAccount> accounts = open(vendor -> new BoundSettings(vendor, live, Origin.LIVE, labels, feed));
        ConfigurationPropertySource other = secrets.found ? null : substitute.getIfAvailable();
        if (other == null) {
            return accounts;
        }
        accounts.forEach(VendorAccount::close);
        Binder simulated = binder(Stream.of(other), secrets);
        return open(vendor -> new BoundSettings(vendor, simulated, Origin.SANDBOX, labels, feed));
    }

    private List<VendorAccount> open(Function<Vendor, AccountSettings> settings) {
        List<VendorAccount> accounts = new ArrayList<>();
        try {
            factories.forEach(factory -> accounts.add(factory.open(settings.apply(factory.vendor()))));
        } catch (RuntimeException e) {
            accounts.forEach(VendorAccount::close);
            throw e;
        }
        return List.copyOf(accounts);
    }

    private Binder binder(Stream<ConfigurationPropertySource> before, SecretDetector secrets) {
        List<ConfigurationPropertySource> sources = Stream.concat(
                        before,
                        StreamSupport.stream(
                                ConfigurationPropertySources.get(environment).spliterator(), false))
                .toList();
        return new Binder(
                sources,
                new PropertySourcesPlaceholdersResolver(environment),
                null,
                null,
                new NoUnboundElementsBindHandler(secrets, new UnboundElementsSourceFilter()));
    }

    /** Finds out whether any secret is set, whatever it is called. */
    private static final class SecretDetector extends AbstractBindHandler {

        private boolean found;

        @Override
        public Object onSuccess(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
            found |= result instanceof Secret secret && secret.isSet();
            return result;
        }
    }

    private record BoundSettings(
            Vendor vendor, Binder binder, Origin origin, Map<String, String> labels, ChangeFeed feed)
            implements AccountSettings {

        @Override
        public <T> T bind(Class<T> type) {
            return binder.bindOrCreate("gateway.vendors." + vendor.prefix(), type);
        }
    }
}
