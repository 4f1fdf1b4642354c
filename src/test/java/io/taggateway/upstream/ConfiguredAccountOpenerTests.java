package io.taggateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.support.GatewayTest;
import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.directory.UnknownTenantException;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorAccount.Connection;
import io.taggateway.tagging.directory.VendorAccount.PortSet;
import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.directory.VendorAccountFactory.AccountSettings;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.ListPager;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.source.VendorProfile;
import io.taggateway.tagging.source.VendorProfile.Origin;
import io.taggateway.upstream.http.Secret;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.TestPropertySource;

/** Tests of the settings with which accounts are opened. */
// A gateway of its own, as the accounts that are opened here replace the meters of the gateway's accounts
@TestPropertySource(properties = "spring.application.name=account-opener")
@GatewayTest
class ConfiguredAccountOpenerTests {

    private static final String VENDORS = "gateway.vendors.";

    private final List<VendorAccountFactory> factories;
    private final Sandbox sandbox;
    private final AtomicBoolean asked = new AtomicBoolean();

    @Autowired
    ConfiguredAccountOpenerTests(List<VendorAccountFactory> factories, Sandbox sandbox) {
        this.factories = factories;
        this.sandbox = sandbox;
    }

    @Test
    void sandboxIsNotUsedWhenAnySecretIsSet() {
        List<String> secrets = factories.stream()
                .flatMap(factory -> secrets(factory.settingsType())
                        .map(name -> VENDORS + factory.vendor().prefix() + '.' + name))
                .toList();
        assertThat(secrets).contains(VENDORS + "sipsim.access-token", VENDORS + "sipsim.webhook-secret");
        for (String secret : secrets) {
            assertStaysAway(secret);
        }
    }

    @Test
    void sandboxIsNotUsedWhenOneOfTwoCredentialsIsSet() {
        assertStaysAway(VENDORS + "sipsim.client-id");
        assertStaysAway(VENDORS + "swipeone.workspace-id");
        assertStaysAway("SWIPEONE_API_KEY");
    }

    @Test
    void blankCredentialsCountAsAbsent() {
        for (Map<String, Object> none : List.<Map<String, Object>>of(
                Map.of(), Map.of(VENDORS + "swipeone.api-key", " "), Map.of("SIPSIM_WEBHOOK_SECRET", ""))) {
            List<VendorAccount> accounts = open(none);
            assertThat(asked).isTrue();
            assertThat(accounts)
                    .extracting(account -> account.profile().origin())
                    .hasSize(factories.size())
                    .containsOnly(Origin.SANDBOX);
            accounts.forEach(VendorAccount::close);
        }
    }

    @Test
    void sameCredentialsReadTheCursorsOfAnotherRun() {
        Map<String, Object> live = Map.of("SIPSIM_ACCESS_TOKEN", "one");
        String cursor = cursor(live);
        assertThat(cursor(live)).isEqualTo(cursor);
        assertThat(cursor(Map.of("SIPSIM_ACCESS_TOKEN", "two"))).isNotEqualTo(cursor);
        assertThat(cursor(Map.of("SIPSIM_ACCESS_TOKEN", "one", "SIPSIM_WEBHOOK_SECRET", "two")))
                .isNotEqualTo(cursor);
        assertThat(cursor(Map.of())).isEqualTo(cursor(Map.of())).isNotEqualTo(cursor);
    }

    @Test
    void identityDependsOnEachSettingAndSecret() {
        Map<String, Object> live = Map.of("SIPSIM_ACCESS_TOKEN", "one");
        String identity = identity(live);
        assertThat(identity).hasSize(32).isEqualTo(identity(live));
        assertThat(List.of(
                        identity,
                        identity(Map.of("SIPSIM_ACCESS_TOKEN", "two")),
                        identity(Map.of("SIPSIM_ACCESS_TOKEN", "one", "SIPSIM_BASE_URL", "https://other.example/v2")),
                        identity(Map.of("SIPSIM_ACCESS_TOKEN", "one", "SIPSIM_WEBHOOK_SECRET", "two"))))
                .doesNotHaveDuplicates();
    }

    private String identity(Map<String, Object> settings) {
        List<String> identities = new ArrayList<>();
        Class<?> type = factories.stream()
                .filter(factory -> factory.vendor() == Vendor.SIPSIM)
                .findAny()
                .orElseThrow()
                .settingsType();
        VendorAccountFactory factory = new OneAccount(() -> {}) {
            @Override
            public VendorAccount open(AccountSettings account) {
                account.bind(type);
                identities.add(account.identity());
                return super.open(account);
            }
        };
        opener(List.of(factory), settings).open(Tenant.DEFAULT, new ChangeFeed(8));
        return identities.getFirst();
    }

    @Test
    void tenantsWithTheSameCredentialsDoNotReadEachOthersCursors() {
        Map<String, Object> settings = Map.of(
                "SIPSIM_ACCESS_TOKEN", "one",
                "gateway.tenants.acme.vendors.sipsim.access-token", "one",
                "gateway.tenants.bolt.vendors.sipsim.access-token", "one");
        assertThat(Stream.of("default", "acme", "bolt").map(Tenant::of).map(tenant -> cursor(settings, tenant)))
                .doesNotHaveDuplicates();
        assertThat(cursor(settings, new Tenant("acme"))).isEqualTo(cursor(settings, new Tenant("acme")));
    }

    @Test
    void tenantUsesOnlyItsOwnCredentialsAndNoSandbox() {
        Map<String, Object> settings = Map.of(
                "SIPSIM_ACCESS_TOKEN", "one",
                "SWIPEONE_API_KEY", "two",
                "SWIPEONE_WORKSPACE_ID", "three",
                "gateway.tenants.acme.vendors.sipsim.access-token", "four",
                "gateway.tenants.bolt.vendors.sipsim.enabled", "true");
        assertThat(origins(settings, "acme"))
                .containsEntry(Vendor.SIPSIM, Origin.LIVE)
                .containsEntry(Vendor.SWIPEONE, Origin.NONE);
        assertThat(origins(settings, "bolt")).containsValue(Origin.NONE).doesNotContainValue(Origin.LIVE);
        assertThat(asked).isFalse();
    }

    @Test
    void sandboxIsNotUsedWhenThereAreTenants() {
        assertThat(origins(Map.of("gateway.tenants.acme.vendors.sipsim.access-token", "one"), "default"))
                .doesNotContainValue(Origin.SANDBOX);
        assertThat(asked).isFalse();
    }

    @Test
    void unknownTenantIsNotOpened() {
        List<String> opened = new ArrayList<>();
        VendorAccountFactory factory = new OneAccount(() -> {}) {
            @Override
            public VendorAccount open(AccountSettings settings) {
                opened.add("account");
                return super.open(settings);
            }
        };
        ConfiguredAccountOpener opener = opener(List.of(factory), Map.of());
        assertThatThrownBy(() -> opener.open(new Tenant("acme"), new ChangeFeed(8)))
                .isInstanceOf(UnknownTenantException.class);
        assertThat(opened).isEmpty();
    }

    private Map<Vendor, Origin> origins(Map<String, Object> settings, String tenant) {
        List<VendorAccount> accounts = opener(factories, settings)
                .open(Tenant.of(tenant), new ChangeFeed(8))
                .list();
        accounts.forEach(VendorAccount::close);
        return accounts.stream()
                .collect(Collectors.toMap(
                        VendorAccount::vendor, account -> account.profile().origin()));
    }

    /** A cursor for a fixed position. */
    private String cursor(Map<String, Object> settings) {
        return cursor(settings, Tenant.DEFAULT);
    }

    private String cursor(Map<String, Object> settings, Tenant tenant) {
        AccountSet accounts = opener(factories, settings).open(tenant, new ChangeFeed(8));
        accounts.list().forEach(VendorAccount::close);
        ListPager<String> pager = new ListPager<>(accounts.cursors(), "words", 1, List::of, key -> word -> 0);
        return Objects.requireNonNull(pager.page(List.of("a"), new PageArguments(1, null, null, null), List.of())
                .pageInfo()
                .startCursor());
    }

    private void assertStaysAway(String property) {
        asked.set(false);
        Throwable halfOfCredentials =
                catchThrowable(() -> open(Map.of(property, "real")).forEach(VendorAccount::close));
        assertThat(asked).as(property).isFalse();
        if (halfOfCredentials != null) {
            assertThat(halfOfCredentials).rootCause().hasMessageContaining(" is set without ");
        }
    }

    private List<VendorAccount> open(Map<String, Object> settings) {
        return opener(factories, settings)
                .open(Tenant.DEFAULT, new ChangeFeed(8))
                .list();
    }

    private ConfiguredAccountOpener opener(List<VendorAccountFactory> vendors, Map<String, Object> settings) {
        ConfiguredTenantCatalog catalog = new ConfiguredTenantCatalog(environment(settings), vendors, null);
        return new ConfiguredAccountOpener(vendors, catalog, new TenantLabelAllocator(catalog, 2), substitute());
    }

    private ObjectProvider<ConfigurationPropertySource> substitute() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        Map<String, String> settings = new HashMap<>();
        for (SandboxVendor<?> vendor : sandbox.vendors()) {
            vendor.settings().forEach((name, value) -> settings.put(VENDORS + vendor.name() + '.' + name, value));
        }
        beans.registerBeanDefinition(
                "substitute",
                BeanDefinitionBuilder.genericBeanDefinition(ConfigurationPropertySource.class, () -> {
                            asked.set(true);
                            return new MapConfigurationPropertySource(settings);
                        })
                        .getBeanDefinition());
        return beans.getBeanProvider(ConfigurationPropertySource.class);
    }

    private static StandardEnvironment environment(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        try {
            new YamlPropertySourceLoader()
                    .load("application", new ClassPathResource("application.yml"))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    private static Stream<String> secrets(Class<?> type) {
        return Stream.of(type.getRecordComponents()).flatMap(ConfiguredAccountOpenerTests::secrets);
    }

    private static Stream<String> secrets(RecordComponent component) {
        String name = DataObjectPropertyName.toDashedForm(component.getName());
        if (component.getType() == Secret.class) {
            return Stream.of(name);
        }
        return component.getType().isRecord()
                ? secrets(component.getType()).map(nested -> name + '.' + nested)
                : Stream.empty();
    }

    @Test
    void accountsAreClosedWhenALaterOneCannotBeOpened() {
        List<String> closed = new ArrayList<>();
        VendorAccountFactory opening = new OneAccount(() -> closed.add("first"));
        VendorAccountFactory failing = new OneAccount(() -> closed.add("second")) {
            @Override
            public VendorAccount open(AccountSettings settings) {
                throw new IllegalArgumentException("no good");
            }
        };
        ConfiguredAccountOpener opener = opener(List.of(opening, failing), Map.of());
        assertThatThrownBy(() -> opener.open(Tenant.DEFAULT, new ChangeFeed(8))).hasMessage("no good");
        assertThat(closed).containsExactly("first");
    }

    /** Opens an account that reports when it is closed. */
    private static class OneAccount implements VendorAccountFactory {

        private final Runnable closing;

        OneAccount(Runnable closing) {
            this.closing = closing;
        }

        @Override
        public Vendor vendor() {
            return Vendor.SIPSIM;
        }

        @Override
        public Class<?> settingsType() {
            return Object.class;
        }

        @Override
        public VendorAccount open(AccountSettings settings) {
            VendorProfile profile = new VendorProfile(vendor(), Set.of(), Origin.NONE);
            return new VendorAccount(profile, new PortSet(null, null, null, List.of(), null), new Connection() {
                @Override
                public Condition condition() {
                    return Connection.NONE.condition();
                }

                @Override
                public long writeVersion() {
                    return 0;
                }

                @Override
                public void close() {
                    closing.run();
                }
            });
        }
    }
}
