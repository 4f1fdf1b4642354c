package io.taggateway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tests that wrong settings are refused with a sentence or reported. */
@ExtendWith(OutputCaptureExtension.class)
@SlowTest
class SettingTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GATEWAY_REQUEST_TIMEOUT | 10 | GATEWAY_REQUEST_TIMEOUT is '10', but a duration needs a unit, as in 10s"
                        + " or 10ms.",
                "GATEWAY_RELOAD_INTERVAL | 5 | GATEWAY_RELOAD_INTERVAL is '5', but a duration needs a unit, as in 5s or"
                        + " 5ms.",
                "SIPSIM_RESPONSE_TIMEOUT | 3 | SIPSIM_RESPONSE_TIMEOUT is '3', but a duration needs a unit",
                "gateway.vendors.sipsim.circuit.open-for | 5 | gateway.vendors.sipsim.circuit.open-for is '5', but",
                "GATEWAY_REQUEST_MAX_SIZE | 1 | GATEWAY_REQUEST_MAX_SIZE is '1', but a size needs a unit, as in 1KB or"
                        + " 1MB.",
                "SERVER_PORT | 99999 | SERVER_PORT is '99999', but a port is a number from 0 to 65535.",
                "GATEWAY_SANDBOX_SIPSIM_PORT | 65536 | GATEWAY_SANDBOX_SIPSIM_PORT is '65536', but a port is",
                "GATEWAY_PHONE_DEFAULT_REGION | XX | GATEWAY_PHONE_DEFAULT_REGION is 'XX', but is no region; these"
                        + " have two capital letters, such as FR.",
                "GATEWAY_SANDBOX_ENABLED | false | No vendor is configured: set the credentials of one"
            })
    void startIsRefusedInASentence(String variable, String value, String sentence, CapturedOutput log) {
        assertThat(catchThrowable(
                        () -> RunningGateway.start(Map.of(variable, value)).close()))
                .isNotNull();
        assertThat(log.getOut()).contains("APPLICATION FAILED TO START", "Description:\n\n" + sentence);
        assertThat(log.getAll()).doesNotContain("\tat ", "Try http://", "Exception", " WARN ");
    }

    @ParameterizedTest
    @CsvSource({"GATEWAY_REQUEST_TIMEOUT, 10", "SERVER_PORT, 99999"})
    void environmentVariableIsNamedAsItWasSet(String variable, String value, CapturedOutput log) {
        assertThat(catchThrowable(() -> RunningGateway.startInEnvironment(Map.of(variable, value))
                        .close()))
                .isNotNull();
        assertThat(log.getOut()).contains("Description:\n\n" + variable + " is '" + value + "', but ");
    }

    @Test
    void variablesThatAreNoSettingsAreReportedWithTheNearestName(CapturedOutput log) {
        Map<String, String> variables = Map.of(
                "GATEWAY_REQEST_TIMEOUT", "5s",
                "SIPSIM_ACESS_TOKEN", "a-token",
                "SWIPEONE_WORKSPACE", "a-workspace",
                "GATEWAY_NOTHING_LIKE_ANY_OTHER_SETTING", "1",
                // These are settings
                "GATEWAY_SHUTDOWN_GRACE", "0",
                "GATEWAY_VENDORS_SIPSIM_RETRY_MAX", "1",
                "GATEWAY_LIMITS_CALLERS_WEB_REQUESTSPERMINUTE", "5",
                "GATEWAY_REQUEST_MAXSIZE", "1MB",
                // These are set by Kubernetes for a service named gateway
                "GATEWAY_SERVICE_HOST", "10.0.0.1",
                "GATEWAY_PORT_8080_TCP_ADDR", "10.0.0.1");
        try (RunningGateway gateway = RunningGateway.start(variables)) {
            assertThat(log.getOut().lines().filter(line -> line.contains(" WARN ")))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .endsWith("The environment variable GATEWAY_NOTHING_LIKE_ANY_OTHER_SETTING is no"
                                            + " setting of the gateway and has no effect."),
                            line -> assertThat(line)
                                    .contains(" GATEWAY_REQEST_TIMEOUT ")
                                    .endsWith("Did you mean GATEWAY_REQUEST_TIMEOUT?"),
                            line -> assertThat(line)
                                    .contains(" SIPSIM_ACESS_TOKEN ")
                                    .endsWith("Did you mean SIPSIM_ACCESS_TOKEN?"),
                            line -> assertThat(line)
                                    .contains(" SWIPEONE_WORKSPACE ")
                                    .endsWith("Did you mean SWIPEONE_WORKSPACE_ID?"));
            assertThat(log.getOut()).contains("Try " + gateway.caller().url().replace("127.0.0.1", "localhost"));
        }
    }
}
