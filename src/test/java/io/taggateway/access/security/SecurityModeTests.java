package io.taggateway.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the values of {@code GATEWAY_SECURITY_MODE}. */
class SecurityModeTests {

    @Test
    void modesAreSeparatedByCommas() {
        assertThat(SecurityMode.parse("")).isEmpty();
        assertThat(SecurityMode.parse("none")).containsExactly(SecurityMode.NONE);
        assertThat(SecurityMode.parse("jwt, api-key")).containsExactly(SecurityMode.API_KEY, SecurityMode.JWT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "None", "api_key", "none,api-key"})
    void unknownModeIsRefusedWithAllModes(String mode) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecurityMode.parse(mode))
                .withMessage(
                        "GATEWAY_SECURITY_MODE is '" + mode + "', but it has to be none, api-key, jwt or api-key,jwt");
    }
}
