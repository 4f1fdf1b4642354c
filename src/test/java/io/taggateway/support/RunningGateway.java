package io.taggateway.support;

import io.taggateway.TagGatewayApplication;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.feed.ChangeFeed;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.http.client.ReactorResourceFactory;

/** A gateway that a test starts like its {@code main} method, and stops. */
public record RunningGateway(ConfigurableApplicationContext context, GatewayClient caller) implements AutoCloseable {

    /** The setting of a gateway whose end is tested; other gateways end without a quiet period. */
    public static final Map.Entry<String, String> QUIET_PERIOD =
            Map.entry("spring.reactor.netty.shutdown-quiet-period", "500ms");

    /** Starts on any free port, with environment variables or properties. */
    public static RunningGateway start(Map<String, String> variables) {
        return start(variables, Clock.systemUTC());
    }

    /** Starts likewise, with a clock. */
    public static RunningGateway start(Map<String, String> variables, Clock clock) {
        Map<String, String> all = new HashMap<>(Map.of("SERVER_PORT", "0"));
        all.putAll(variables);
        String[] arguments = all.entrySet().stream()
                .map(variable -> "--" + variable.getKey() + "=" + variable.getValue())
                .toArray(String[]::new);
        return run(application(clock), arguments);
    }

    /** Starts likewise with variables of the process's environment only. */
    public static RunningGateway startInEnvironment(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        SpringApplication application = application(Clock.systemUTC());
        application.setEnvironment(environment);
        return run(application);
    }

    private static SpringApplication application(Clock clock) {
        SpringApplication application = new SpringApplication(TagGatewayApplication.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers((ApplicationContextInitializer<ConfigurableApplicationContext>) context -> {
            context.getBeanFactory().registerSingleton("clock", clock);
            context.getBeanFactory().addBeanPostProcessor(new OwnEventLoops());
        });
        return application;
    }

    private static RunningGateway run(SpringApplication application, String... arguments) {
        ConfigurableApplicationContext context = application.run(arguments);
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new RunningGateway(context, GatewayClient.of(port));
    }

    /** The changes that the gateway publishes. */
    public ChangeFeed feed() {
        return context.getBean(TenantRegistry.class).directories().getFirst().feed();
    }

    @Override
    public void close() {
        context.close();
    }

    /** Gives a gateway its own event loops, as its stop would stop those of other gateways in the JVM. */
    private static final class OwnEventLoops implements BeanPostProcessor {

        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof ReactorResourceFactory resources) {
                resources.setUseGlobalResources(false);
            }
            return bean;
        }
    }
}
