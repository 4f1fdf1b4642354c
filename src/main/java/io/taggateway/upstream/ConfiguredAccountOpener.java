package io.taggateway.upstream;

import io.taggateway.tagging.directory.TenantLabel;
import io.taggateway.tagging.directory.TenantRegistry.AccountOpener;
import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.directory.VendorAccountFactory.AccountSettings;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.source.VendorProfile.Origin;
import io.taggateway.upstream.http.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.stereotype.Component;

/**
 * Opens a tenant's accounts with its settings. If the default tenant is the only one and has no secrets, a substitute,
 * such as the sandbox, provides the settings.
 */
@Component
final class ConfiguredAccountOpener implements AccountOpener {

    private static final int CURSOR_KEY_BYTES = 32;
    private static final int IDENTITY_BYTES = 16;

    private final List<VendorAccountFactory> factories;
    private final ConfiguredTenantCatalog tenants;
    private final TenantLabelAllocator labels;
    private final ObjectProvider<ConfigurationPropertySource> substitute;

    /**
     * Accounts of all vendors.
     *
     * @param substitute called only if there are no secrets
     */
    ConfiguredAccountOpener(
            List<VendorAccountFactory> factories,
            ConfiguredTenantCatalog tenants,
            TenantLabelAllocator labels,
            ObjectProvider<ConfigurationPropertySource> substitute) {
        this.factories = List.copyOf(factories);
        this.tenants = tenants;
        this.labels = labels;
        this.substitute = substitute;
    }

    @Override
    public AccountSet open(Tenant tenant, ChangeFeed feed) {
        TenantSettings settings = tenants.require(tenant);
        TenantLabel label = labels.label(tenant);
        SecretCollector secrets = new SecretCollector();
        List<VendorAccount> accounts = open(vendor -> new BoundSettings(
                (type, handler) -> settings.bind(vendor, type, handler),
                new SettingCollector(secrets),
                Origin.LIVE,
                label,
                feed));
        boolean simulated = secrets.values.isEmpty() && tenant.isDefault() && !tenants.isInUse();
        ConfigurationPropertySource other = simulated ? substitute.getIfAvailable() : null;
        if (other == null) {
            return new AccountSet(accounts, secrets.cursors(tenant));
        }
        accounts.forEach(VendorAccount::close);
        return new AccountSet(
                open(vendor -> new BoundSettings(
                        (type, handler) -> settings.bind(other, vendor, type, handler),
                        new SettingCollector(secrets),
                        Origin.SANDBOX,
                        label,
                        feed)),
                secrets.cursors(tenant));
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

    /** Collects all secrets that are set, whatever their names. */
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

        /** The same tenant and secrets give the same key, after a restart and in every replica. */
        CursorCodec cursors(Tenant tenant) {
            String purpose = "tag-gateway cursors" + (tenant.isDefault() ? "" : " of " + tenant.name());
            return new CursorCodec(derive(values, purpose, CURSOR_KEY_BYTES));
        }
    }

    /** Collects all settings of an account, and its secrets for the tenant, too. */
    private static final class SettingCollector extends AbstractBindHandler {

        private final SecretCollector secrets;
        private final SortedMap<String, String> values = new TreeMap<>();

        SettingCollector(SecretCollector secrets) {
            this.secrets = secrets;
        }

        @Override
        public Object onSuccess(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
            values.put(name.toString(), result instanceof Secret secret ? secret.value() : result.toString());
            return secrets.onSuccess(name, target, context, result);
        }
    }

    private static byte[] derive(SortedMap<String, String> values, String purpose, int bytes) {
        try {
            AlgorithmParameterSpec derivation = HKDFParameterSpec.ofExtract()
                    .addIKM(values.toString().getBytes(StandardCharsets.UTF_8))
                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), bytes);
            return KDF.getInstance("HKDF-SHA256").deriveData(derivation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HKDF-SHA256", e);
        }
    }

    /** Binds a type to a vendor's settings. */
    private interface SettingsBinder {

        Object bind(Class<?> type, BindHandler handler);
    }

    private record BoundSettings(
            SettingsBinder settings, SettingCollector bound, Origin origin, TenantLabel label, ChangeFeed feed)
            implements AccountSettings {

        @Override
        public <T> T bind(Class<T> type) {
            return type.cast(settings.bind(type, bound));
        }

        @Override
        public String identity() {
            return HexFormat.of().formatHex(derive(bound.values, "tag-gateway account", IDENTITY_BYTES));
        }
    }
}
