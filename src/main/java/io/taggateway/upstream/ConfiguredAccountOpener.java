package io.taggateway.upstream;

import io.taggateway.tagging.directory.TenantRegistry.AccountOpener;
import io.taggateway.tagging.directory.TenantRegistry.Accounts;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.directory.VendorAccountFactory.AccountSettings;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.source.VendorProfile.Origin;
import io.taggateway.upstream.http.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
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

    private static final int CURSOR_KEY_BYTES = 32;

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
    public Accounts open(Map<String, String> labels, ChangeFeed feed) {
        SecretCollector secrets = new SecretCollector();
        Binder live = binder(Stream.empty(), secrets);
        List<VendorAccount> accounts = open(vendor -> new BoundSettings(vendor, live, Origin.LIVE, labels, feed));
        ConfigurationPropertySource other = secrets.values.isEmpty() ? substitute.getIfAvailable() : null;
        if (other == null) {
            return new Accounts(accounts, secrets.cursors());
        }
        accounts.forEach(VendorAccount::close);
        Binder simulated = binder(Stream.of(other), secrets);
        return new Accounts(
                open(vendor -> new BoundSettings(vendor, simulated, Origin.SANDBOX, labels, feed)), secrets.cursors());
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

    private Binder binder(Stream<ConfigurationPropertySource> before, SecretCollector secrets) {
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

    /** Collects the secrets that are set, whatever they are called. */
    private static final class SecretCollector extends AbstractBindHandler {

        private final SortedMap<String, String> values = new TreeMap<>();

        @Override
        public Object onSuccess(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
            if (result instanceof Secret secret && secret.isSet()) {
                values.put(name.toString(), secret.value());
            }
            return result;
        }

        /** The same secrets give the same key, after a restart and in every replica. */
        CursorCodec cursors() {
            try {
                byte[] secrets = values.toString().getBytes(StandardCharsets.UTF_8);
                AlgorithmParameterSpec derivation = HKDFParameterSpec.ofExtract()
                        .addIKM(secrets)
                        .thenExpand("tag-gateway cursors".getBytes(StandardCharsets.UTF_8), CURSOR_KEY_BYTES);
                return new CursorCodec(KDF.getInstance("HKDF-SHA256").deriveData(derivation));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every JDK has HKDF-SHA256", e);
            }
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
