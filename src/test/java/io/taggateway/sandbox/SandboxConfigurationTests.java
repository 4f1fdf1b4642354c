package io.taggateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.support.SlowTest;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Tests of the start and the end of the sandbox. */
@SlowTest
class SandboxConfigurationTests {

    private static final AtomicReference<SandboxCaller> STARTED = new AtomicReference<>();

    @Test
    void sandboxStartsWhenItsSettingsAreNeededAndRunsUntilContextCloses() {
        SandboxCaller caller;
        try (ConfigurableApplicationContext context = run(Plain.class)) {
            assertThat(context.getBeanFactory().containsSingleton("sandbox")).isFalse();
            ConfigurationPropertySource settings = context.getBean(ConfigurationPropertySource.class);
            Sandbox sandbox = context.getBean(Sandbox.class);
            assertThat(setting(settings, "sipsim.base-url"))
                    .isEqualTo(sandbox.sipsim().baseUrl());
            assertThat(setting(settings, "swipeone.base-url"))
                    .isEqualTo(sandbox.swipeone().baseUrl());
            assertThat(setting(settings, "swipeone.workspace-id")).hasSize(24);
            caller = caller(settings);
            assertThat(caller.get("/tags").status()).isEqualTo(200);
        }
        assertGone(caller);
    }

    @Test
    void sandboxIsAbsentWhenDisabled() {
        try (ConfigurableApplicationContext context = run(Plain.class, "--gateway.sandbox.enabled=false")) {
            assertThat(context.getBeanProvider(Sandbox.class).getIfAvailable()).isNull();
            assertThat(context.getBeanProvider(ConfigurationPropertySource.class)
                            .getIfAvailable())
                    .isNull();
        }
    }

    @Test
    void portsAreTakenFromProperties() {
        int port;
        try (Sandbox sandbox = Sandbox.start()) {
            port = Integer.parseInt(sandbox.sipsim().origin().replaceAll(".*:", ""));
            assertThatThrownBy(() -> Sandbox.start(new SandboxProperties(true, Map.of("swipeone", port))))
                    .hasMessageContaining("Failed to bind");
        }
        try (ConfigurableApplicationContext context = run(Plain.class, "--gateway.sandbox.ports.sipsim=" + port)) {
            assertThat(context.getBean(Sandbox.class).sipsim().baseUrl())
                    .isEqualTo("http://127.0.0.1:" + port + "/api/v2");
        }
    }

    @Test
    void sandboxIsClosedWhenAnotherBeanFails() {
        assertThatThrownBy(() -> run(Broken.class)).hasRootCauseMessage("broken");
        assertGone(STARTED.get());
    }

    @Test
    void secondCloseDoesNothing() {
        Sandbox sandbox = Sandbox.start();
        sandbox.close();
        sandbox.close();
        assertThat(sandbox.sipsim().requests()).isEmpty();
    }

    private static SandboxCaller caller(ConfigurationPropertySource settings) {
        return SandboxCaller.of(
                setting(settings, "sipsim.base-url"), "Authorization", "Bearer " + SipsimOptions.ACCESS_TOKEN);
    }

    private static String setting(ConfigurationPropertySource settings, String name) {
        ConfigurationPropertyName property = ConfigurationPropertyName.of("gateway.vendors." + name);
        return String.valueOf(Objects.requireNonNull(settings.getConfigurationProperty(property))
                .getValue());
    }

    private static void assertGone(SandboxCaller caller) {
        assertThatThrownBy(() -> caller.get("/tags")).isInstanceOf(UncheckedIOException.class);
    }

    private static ConfigurableApplicationContext run(Class<?> source, String... arguments) {
        SpringApplication application = new SpringApplication(source);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        return application.run(arguments);
    }

    /** An application with nothing but the sandbox. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(SandboxProperties.class)
    @Import(SandboxConfiguration.class)
    static class Plain {}

    /** An application that cannot start after it has started the sandbox. */
    @Configuration(proxyBeanMethods = false)
    @Import(Plain.class)
    static class Broken {

        @Bean
        String broken(ConfigurationPropertySource settings) {
            STARTED.set(caller(settings));
            throw new IllegalStateException("broken");
        }
    }

    @Test
    void portOfAnUnknownVendorIsRefused() {
        SandboxProperties properties = new SandboxProperties(true, Map.of("swipe-one", 0));
        assertThatThrownBy(() -> Sandbox.start(properties))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("swipe-one")
                .hasMessageContaining("swipeone");
    }
}
