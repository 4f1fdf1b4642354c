package io.taggateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of accepted base URLs of vendors. */
class BaseUrlTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com/v2",
                "HTTPS://10.0.0.1",
                "http://localhost:8080/api",
                "http://LOCALHOST",
                "http://127.0.0.1:1",
                "http://127.9.9.9",
                "http://[::1]:8080/api"
            })
    void acceptsHttpsAndLoopback(String url) {
        assertThat(BaseUrl.check("SIPSIM", "BASE_URL", url + "/", false)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com/v2",
                "HTTP://api.example.com",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://10.0.0.1",
                "http://0.0.0.0",
                "http://[2001:db8::1]/api"
            })
    void refusesHttpToOtherHostsUnlessItIsAllowed(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BaseUrl.check("SIPSIM", "TOKEN_URL", url, false))
                .withMessage("SIPSIM_TOKEN_URL must be an https URL, as credentials and data would be sent unencrypted:"
                        + " set SIPSIM_ALLOW_INSECURE_HTTP=true to confirm that this is intended");
        assertThat(BaseUrl.check("SIPSIM", "TOKEN_URL", url, true)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.example.com",
                "ftp://api.example.com",
                "https://",
                "https://a b",
                "https://a/?q=1",
                "https://a/#f"
            })
    void refusesTextThatIsNoUrl(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BaseUrl.check("SIPSIM", "BASE_URL", url, true))
                .withMessage("SIPSIM_BASE_URL must be an address such as https://api.example.com/v2");
    }
}
