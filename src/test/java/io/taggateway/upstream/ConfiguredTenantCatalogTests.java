package io.taggateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.support.GatewayTest;
import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.model.StartupException;
import io.taggateway.tagging.model.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Tests of tenants in the configuration and in a file that changes. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class ConfiguredTenantCatalogTests {

    private static final String SECRET = "s3cr3t-never-shown";
    private static final String ACME = tenant("acme", "access-token: " + SECRET);
    private static final String BOLT = tenant("bolt", "access-token: ${BOLT_TOKEN}");

    private final List<VendorAccountFactory> factories;
    private final List<String> changed = new ArrayList<>();

    @TempDir
    private Path directory;

    @Autowired
    ConfiguredTenantCatalogTests(List<VendorAccountFactory> factories) {
        this.factories = factories;
    }

    @Test
    void tenantsOfConfigurationAndFileAreKnown() {
        ConfiguredTenantCatalog catalog = catalog(
                Map.of(
                        "gateway.tenants.cato.vendors.swipeone.api-key", "key",
                        "gateway.tenants.cato.vendors.swipeone.workspaceId", "id"),
                file(ACME + BOLT));
        assertThat(catalog.tenants()).extracting(Tenant::name).containsExactlyInAnyOrder("acme", "bolt", "cato");
        assertThat(catalog.isInUse()).isTrue();
        assertThat(catalog(Map.of(), null).isInUse()).isFalse();
    }

    @Test
    void tenantsOfEnvironmentVariablesAreKnownAndOtherVariablesIgnored() {
        StandardEnvironment environment = environment(Map.of());
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(
                                        "GATEWAY_TENANTS_ACME_VENDORS_SIPSIM_ACCESS_TOKEN", "one",
                                        "GATEWAY_TENANTS_FILE", "/nowhere",
                                        "GATEWAY_TENANTS_PORT_8080_TCP", "tcp://10.0.0.1:8080")));
        assertThat(new ConfiguredTenantCatalog(environment, factories, null).tenants())
                .containsExactly(new Tenant("acme"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "gateway.tenants.Acme.vendors.sipsim.enabled, 'Acme' is not a name for a tenant",
                "gateway.tenants.ac_me.vendors.sipsim.enabled, 'ac_me' is not a name for a tenant",
                "gateway.tenants[a.b].vendors.sipsim.enabled, 'a.b' is not a name for a tenant",
                "gateway.tenants.a234567890123456789012345678901234567890123456789012345678901234.vendors.sipsim.enabled,"
                    + " is not a name for a tenant",
                "gateway.tenants.default.vendors.sipsim.enabled, Tenant 'default' has the settings below"
                        + " 'gateway.vendors'",
                "gateway.tenants.acme, is not a setting of a tenant",
                "gateway.tenants.acme.sipsim.enabled, is not a setting of a tenant",
                "gateway.tenants.acme.vendors.sipsin.enabled, is not a setting of a tenant",
                "gateway.tenants.acme.vendors.sipsim, is not a setting of a tenant",
                "gateway.tenants.acme.vendors.sipsim.enabeld, gateway.tenants.acme.vendors.sipsim.enabeld",
                "gateway.tenants.acme.vendors.sipsim.client-id, Tenant 'acme':"
                        + " gateway.tenants.acme.vendors.sipsim.client-id is set without"
                        + " gateway.tenants.acme.vendors.sipsim.client-secret",
                "gateway.tenants.acme.vendors.sipsim.clientSecret, gateway.tenants.acme.vendors.sipsim.client-secret"
                        + " is set without gateway.tenants.acme.vendors.sipsim.client-id",
                "gateway.tenants.acme.vendors.swipeone.api-key, gateway.tenants.acme.vendors.swipeone.api-key is set"
                        + " without gateway.tenants.acme.vendors.swipeone.workspace-id",
                "gateway.tenants.acme.vendors.sipsim.base-url, gateway.tenants.acme.vendors.sipsim.base-url must be",
                "gateway.tenants.acme.vendors.sipsim.token-url, gateway.tenants.acme.vendors.sipsim.token-url must be",
                "gateway.tenants.acme.vendors.swipeone.base-url, gateway.tenants.acme.vendors.swipeone.base-url must"
                        + " be",
                "gateway.tenants.acme.vendors.sipsim.limits.max-waiting, Tenant 'acme':"
                        + " gateway.tenants.acme.vendors.sipsim.limits.max-waiting: ",
                "gateway.tenants.acme.vendors.swipeone.color-format, Tenant 'acme':"
                        + " gateway.tenants.acme.vendors.swipeone.color-format: ",
                "gateway.tenants.acme.requests-per-minute, is not a setting of a tenant"
            })
    void invalidSettingsAreRefusedWithOneSentence(String property, String message) throws IOException {
        assertThatThrownBy(() -> catalog(Map.of(property, "true"), null))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(message);
        Path file = Files.writeString(directory.resolve("tenants.properties"), property + "=true");
        assertThatThrownBy(() -> catalog(Map.of(), new TenantsFile(file)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "base-url, http://sipsim.example/api, set gateway.tenants.acme.vendors.sipsim.allow-insecure-http=true"
                        + " to",
                "limits.response-timeout, 30, Tenant 'acme':"
                        + " gateway.tenants.acme.vendors.sipsim.limits.response-timeout is '30'",
                "limits.response-timeout, ${SIPSIM_WAIT:30}, Tenant 'acme': SIPSIM_WAIT is '30'"
            })
    void messageNamesTheMissingSetting(String setting, String value, String message) {
        String property = "gateway.tenants.acme.vendors.sipsim." + setting;
        assertThatThrownBy(() -> catalog(Map.of(property, value), null)).hasMessageContaining(message);
        TenantsFile file = file(tenant("acme", setting + ": '" + value + "'"));
        assertThatThrownBy(() -> catalog(Map.of(), file)).hasMessageContaining(message);
    }

    @Test
    void tenantsThatCouldBeConfusedAreRefused() {
        Map<String, Object> other = Map.of("gateway.tenants.ac-me.vendors.sipsim.access-token", "one");
        TenantsFile file = file(ACME);
        assertThatThrownBy(() -> catalog(other, file))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("have names that differ in hyphens only");
        Map<String, Object> same = Map.of("gateway.tenants.acme.vendors.sipsim.access-token", "one");
        assertThatThrownBy(() -> catalog(same, file))
                .isInstanceOf(StartupException.class)
                .hasMessage("Tenant 'acme' has settings in the configuration and in the tenants file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "a: &a [*a", "\tb: c", "spring.profiles.active: x", "a: b", "{}\n---\n- 1"})
    void malformedFilesAreRefusedWithoutQuotingThem(String content) {
        TenantsFile file = file("x: " + SECRET + "\n" + content);
        assertThatThrownBy(() -> catalog(Map.of(), file))
                .isInstanceOf(StartupException.class)
                .message()
                .doesNotContain(SECRET);
    }

    @Test
    void absentFileIsRefused() {
        TenantsFile file = new TenantsFile(directory.resolve("absent.yml"));
        assertThatThrownBy(() -> catalog(Map.of(), file))
                .isInstanceOf(StartupException.class)
                .hasMessageEndingWith("absent.yml does not exist");
    }

    @Test
    void onlyChangedAndWithdrawnTenantsAreReported() {
        ConfiguredTenantCatalog catalog = catalog(Map.of(), file(ACME + BOLT + tenant("cato", "enabled: false")));
        TenantSettings kept = catalog.require(new Tenant("acme"));
        write(ACME + tenant("bolt", "access-token: another") + tenant("dora", "enabled: false"));
        catalog.refresh();
        assertThat(changed).as("before it is complete").isEmpty();
        catalog.refresh();
        assertThat(changed).containsExactlyInAnyOrder("bolt", "cato");
        assertThat(catalog.tenants()).extracting(Tenant::name).containsExactlyInAnyOrder("acme", "bolt", "dora");
        assertThat(catalog.require(new Tenant("acme"))).isSameAs(kept);
        catalog.refresh();
        assertThat(changed).hasSize(2);
    }

    @Test
    void tenantsAreUnchangedAndOneLineIsLoggedWhenTheFileBecomesInvalid(CapturedOutput log) throws IOException {
        ConfiguredTenantCatalog catalog = catalog(Map.of(), file(ACME));
        List<String> wrong = List.of(
                ACME + "\n\tnonsense: " + SECRET,
                tenant("acme", "access-token: " + SECRET + " with blanks"),
                tenant("acme", "client-id: half"),
                ACME + tenant("BOLT", "enabled: true"));
        for (String content : wrong) {
            write(content);
            refresh(catalog);
        }
        Files.delete(directory.resolve("tenants.yml"));
        refresh(catalog);
        assertThat(catalog.tenants()).containsExactly(new Tenant("acme"));
        assertThat(changed).isEmpty();
        assertThat(log.getOut().lines().filter(line -> line.contains("Tenants unchanged: ")))
                .hasSize(wrong.size() + 1)
                .noneMatch(line -> line.contains(SECRET));
        write(BOLT);
        refresh(catalog);
        assertThat(catalog.tenants()).containsExactly(new Tenant("bolt"));
        assertThat(changed).containsExactly("acme");
    }

    @Test
    void onlyABoundedNumberOfTenantsHasMetersOfItsOwn() {
        ConfiguredTenantCatalog catalog = catalog(Map.of(), file(ACME + BOLT + tenant("cato", "enabled: true")));
        TenantLabelAllocator labels = new TenantLabelAllocator(catalog, 2);
        assertThat(values(labels, "acme", "bolt", "cato", "default", "acme"))
                .containsExactly("acme", "bolt", "(others)", "default", "acme");
        write(BOLT + tenant("cato", "enabled: true"));
        refresh(catalog);
        assertThat(values(labels, "cato", "bolt", "acme")).containsExactly("cato", "bolt", "(others)");
    }

    private static List<String> values(TenantLabelAllocator labels, String... tenants) {
        return Stream.of(tenants)
                .map(tenant -> labels.label(Tenant.of(tenant)).value())
                .toList();
    }

    private static void refresh(ConfiguredTenantCatalog catalog) {
        catalog.refresh();
        catalog.refresh();
        catalog.refresh();
    }

    private TenantsFile file(String content) {
        write(content);
        return new TenantsFile(directory.resolve("tenants.yml"));
    }

    private void write(String content) {
        try {
            Files.writeString(directory.resolve("tenants.yml"), "gateway:\n  tenants:\n" + content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String tenant(String name, String setting) {
        return "    " + name + ":\n      vendors:\n        sipsim:\n          " + setting + "\n";
    }

    private ConfiguredTenantCatalog catalog(Map<String, Object> settings, @Nullable TenantsFile file) {
        ConfiguredTenantCatalog catalog = new ConfiguredTenantCatalog(environment(settings), factories, file);
        catalog.onChange(tenant -> changed.add(tenant.name()));
        return catalog;
    }

    private static StandardEnvironment environment(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        environment.getPropertySources().addFirst(new MapPropertySource("more", Map.of("BOLT_TOKEN", "of-bolt")));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
