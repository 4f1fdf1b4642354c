package io.taggateway.sandbox;

import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/** Starts the sandbox, and points the gateway to it, when there are no credentials for any vendor. */
final class SandboxEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    private static final String ACTIVE = SandboxProperties.PREFIX + ".active";
    private static final String VENDORS = "gateway.vendors.";
    private static final List<String> CREDENTIALS = List.of(
            "sipsim.access-token",
            "sipsim.client-id",
            "sipsim.client-secret",
            "swipeone.api-key",
            "swipeone.workspace-id");

    private final ConfigurableBootstrapContext bootstrap;

    SandboxEnvironmentPostProcessor(ConfigurableBootstrapContext bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Last, so that whatever gives credentials has had its say, and little can fail between this and the context. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Binder binder = Binder.get(environment);
        SandboxProperties properties = binder.bindOrCreate(SandboxProperties.PREFIX, SandboxProperties.class);
        if (!properties.enabled() || CREDENTIALS.stream().anyMatch(name -> isSet(binder, name))) {
            // Nobody may pass off real credentials as the sandbox's.
            environment.getPropertySources().addFirst(new MapPropertySource("sandbox", Map.of(ACTIVE, false)));
            return;
        }
        Sandbox sandbox = Sandbox.start(properties);
        SandboxFailureListener failures = failureListener(application);
        failures.watch(sandbox);
        environment.getPropertySources().addFirst(new MapPropertySource("sandbox", credentials(sandbox)));
        bootstrap.addCloseListener(event -> handOver(sandbox, event.getApplicationContext(), failures));
    }

    private static boolean isSet(Binder binder, String name) {
        return StringUtils.hasText(binder.bind(VENDORS + name, String.class).orElse(""));
    }

    private static Map<String, Object> credentials(Sandbox sandbox) {
        return Map.of(
                VENDORS + "sipsim.base-url",
                sandbox.sipsim().baseUrl(),
                VENDORS + "sipsim.access-token",
                SipsimOptions.ACCESS_TOKEN,
                VENDORS + "swipeone.base-url",
                sandbox.swipeone().baseUrl(),
                VENDORS + "swipeone.api-key",
                SwipeOneOptions.API_KEY,
                VENDORS + "swipeone.workspace-id",
                SwipeOneOptions.WORKSPACE_ID,
                ACTIVE,
                true);
    }

    private static SandboxFailureListener failureListener(SpringApplication application) {
        return application.getListeners().stream()
                .filter(SandboxFailureListener.class::isInstance)
                .map(SandboxFailureListener.class::cast)
                .findFirst()
                .orElseGet(() -> addFailureListener(application));
    }

    private static SandboxFailureListener addFailureListener(SpringApplication application) {
        SandboxFailureListener added = new SandboxFailureListener();
        application.addListeners(added);
        return added;
    }

    /** Makes the sandbox a bean that is closed when the context's beans are destroyed. */
    private static void handOver(
            Sandbox sandbox, ConfigurableApplicationContext context, SandboxFailureListener failures) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        beans.registerSingleton("sandbox", sandbox);
        if (beans instanceof DefaultSingletonBeanRegistry registry) {
            registry.registerDisposableBean("sandbox", () -> {
                failures.release(sandbox);
                sandbox.close();
            });
        }
    }
}
