package io.taggateway.access.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.tagging.model.StartupException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Tests of the values of {@code GATEWAY_API_KEYS} that prevent a start. */
class ApiKeyLoaderTests {

    private static final String SECRET = "s3cr3t-never-shown";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                    | GATEWAY_SECURITY_MODE has api-key, but there is no API key: set"
                        + " GATEWAY_API_KEYS or",
                "web                   | An entry of GATEWAY_API_KEYS is not name=sha256:scope+scope.",
                "web=%s                | An API key has no scopes.",
                "web=12:tags.read      | An API key has a sha256 that is not 64 digits in hex.",
                "web=%s:tags.raed      | An API key has the scope 'tags.raed', which is none of [admin, calls.read,",
                "a=%s:admin,b=%s:admin | The API key of 'b' belongs to another caller too.",
                "a=%s:admin,a=%s:admin | There are two API keys with the name 'a'."
            })
    void keysThatAreNotValidAreRefusedInASentence(String keys, String sentence) {
        SecurityProperties properties = properties(keys.replace("%s", ApiKeyDigest.of(SECRET)));

        assertThatThrownBy(() -> new ApiKeyLoader(properties, new ApiKeyRegistry()))
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith(sentence);
    }

    private static SecurityProperties properties(String keys) {
        Map<String, String> values = Map.of("gateway.security.mode", "api-key", "gateway.security.keys", keys);
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("gateway.security", SecurityProperties.class);
    }
}
