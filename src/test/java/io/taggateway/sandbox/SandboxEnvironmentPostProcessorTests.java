package io.taggateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.sandbox.sipsim.SipsimOptions;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** When an application plays the sandbox, and how long. */
class SandboxEnvironmentPostProcessorTests {

    @Test
    void sandboxPlaysWithoutCredentialsUntilContextCloses() {
        SandboxCaller caller;
        try (ConfigurableApplicationContext context = run(Plain.class)) {
            Sandbox sandbox = context.getBean(Sandbox.class);
            ConfigurableEnvironment environment = context.getEnvironment();
            assertThat(environment.getProperty("gateway.vendors.sipsim.base-url"))
                    .isEqualTo(sandbox.sipsim().baseUrl());
            assertThat(environment.getProperty("gateway.vendors.swipeone.base-url"))
                    .isEqualTo(sandbox.swipeone().baseUrl());
            assertThat(environment.getProperty("gateway.vendors.swipeone.workspace-id"))
                    .hasSize(24);
            assertThat(context.getBean(SandboxProperties.class).active()).isTrue();
            caller = caller(environment);
            assertThat(caller.get("/tags").status()).isEqualTo(200);
        }
        assertGone(caller);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway.vendors.sipsim.access-token=a",
                "gateway.vendors.sipsim.client-id=a",
                "gateway.vendors.sipsim.client-secret=a",
                "gateway.vendors.swipeone.api-key=a",
                "gateway.vendors.swipeone.workspace-id=a",
                "SWIPEONE_API_KEY=a",
                "gateway.sandbox.enabled=false"
            })
    void sandboxStaysAwayWhenToldOrWhenThereIsAnyCredential(String property) {
        try (ConfigurableApplicationContext context = run(Plain.class, "--" + property)) {
            assertThat(context.getBeanProvider(Sandbox.class).getIfAvailable()).isNull();
            assertThat(context.getBean(SandboxProperties.class).active()).isFalse();
        }
    }

    @Test
    void blankCredentialsAreNone() {
        try (ConfigurableApplicationContext context = run(Plain.class, "--gateway.vendors.swipeone.api-key= ")) {
            assertThat(context.getBean(Sandbox.class)).isNotNull();
            assertThat(context.getEnvironment().getProperty("gateway.vendors.swipeone.api-key"))
                    .isEqualTo("sandbox-api-key");
        }
    }

    @Test
    void portsAreTakenFromProperties() {
        int port;
        try (Sandbox sandbox = Sandbox.start()) {
            port = Integer.parseInt(sandbox.sipsim().origin().replaceAll(".*:", ""));
            assertThatThrownBy(() -> Sandbox.start(new SandboxProperties(true, 0, port, false)))
                    .hasMessageContaining("Failed to bind");
        }
        try (ConfigurableApplicationContext context = run(Plain.class, "--gateway.sandbox.sipsim-port=" + port)) {
            assertThat(context.getBean(Sandbox.class).sipsim().baseUrl())
                    .isEqualTo("http://127.0.0.1:" + port + "/api/v2");
        }
    }

    @Test
    void failedBeanLeavesNoServer() {
        assertGone(callerOfFailure(application(Broken.class)));
    }

    @Test
    void failedInitializerLeavesNoServer() {
        SpringApplication application = application(Plain.class);
        application.addInitializers((ApplicationContextInitializer<ConfigurableApplicationContext>) context -> {
            throw new IllegalStateException("broken");
        });
        assertGone(callerOfFailure(application));
    }

    @Test
    void repeatedCloseIsHarmless() {
        Sandbox sandbox = Sandbox.start();
        sandbox.close();
        sandbox.close();
        assertThat(sandbox.sipsim().requests()).isEmpty();
    }

    private static SandboxCaller callerOfFailure(SpringApplication application) {
        AtomicReference<SandboxCaller> met = new AtomicReference<>();
        ApplicationContextInitializer<ConfigurableApplicationContext> meeting =
                context -> met.set(caller(context.getEnvironment()));
        List<ApplicationContextInitializer<?>> initializers = new ArrayList<>();
        initializers.add(meeting);
        initializers.addAll(application.getInitializers());
        application.setInitializers(initializers);
        assertThatThrownBy(application::run).isInstanceOf(RuntimeException.class);
        return met.get();
    }

    private static SandboxCaller caller(ConfigurableEnvironment environment) {
        String baseUrl = environment.getRequiredProperty("gateway.vendors.sipsim.base-url");
        return SandboxCaller.of(baseUrl, "Authorization", "Bearer " + SipsimOptions.ACCESS_TOKEN);
    }

    private static void assertGone(SandboxCaller caller) {
        assertThatThrownBy(() -> caller.get("/tags")).isInstanceOf(UncheckedIOException.class);
    }

    private static ConfigurableApplicationContext run(Class<?> source, String... arguments) {
        return application(source).run(arguments);
    }

    private static SpringApplication application(Class<?> source) {
        SpringApplication application = new SpringApplication(source);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        return application;
    }

    /** An application with nothing but the properties. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(SandboxProperties.class)
    static class Plain {}

    /** An application that cannot start. */
    @Configuration(proxyBeanMethods = false)
    static class Broken {

        @Bean
        String broken() {
            throw new IllegalStateException("broken");
        }
    }
}
