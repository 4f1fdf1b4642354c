package io.taggateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.TagGatewayApplication;
import io.taggateway.support.SlowTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Tests of environment variables with blanks. */
@SlowTest
class EnvironmentVariablesTests {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z_0-9]+):");

    @Test
    void blankVariablesCountAsAbsent() throws Exception {
        Map<String, Object> variables = new HashMap<>();
        Matcher names = VARIABLE.matcher(Files.readString(Path.of("src/main/resources/application.yml")));
        for (int i = 0; names.find(); i++) {
            variables.put(names.group(1), new String[] {"", " ", "\r\n"}[i % 3]);
        }
        assertThat(variables).hasSizeGreaterThan(50);
        try (ConfigurableApplicationContext context = start(variables)) {
            assertThat(context.getEnvironment().getProperty("gateway.request.timeout"))
                    .isEqualTo("10s");
            assertThat(context.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void blanksAndLineBreaksAroundValuesAreRemoved() {
        Map<String, Object> variables = Map.of(
                "GATEWAY_REQUEST_TIMEOUT",
                "7s\r",
                "GATEWAY_SECURITY_MODE",
                " none\n",
                "GATEWAY_LIMITS_DEPTH_MAX",
                " 9 ");
        try (ConfigurableApplicationContext context = start(variables)) {
            assertThat(context.getEnvironment().getProperty("gateway.request.timeout"))
                    .isEqualTo("7s");
            assertThat(context.getEnvironment().getProperty("gateway.security.mode"))
                    .isEqualTo("none");
            assertThat(context.getEnvironment().getProperty("gateway.limits.depth.max"))
                    .isEqualTo("9");
        }
    }

    private static ConfigurableApplicationContext start(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        SpringApplication application = new SpringApplication(TagGatewayApplication.class);
        application.setRegisterShutdownHook(false);
        application.setEnvironment(environment);
        return application.run("--server.port=0", "--gateway.shutdown.grace=0s");
    }
}
