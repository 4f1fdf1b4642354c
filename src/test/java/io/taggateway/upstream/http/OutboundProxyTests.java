package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.upstream.http.UpstreamClient.Target;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the outbound proxy. */
class OutboundProxyTests {

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com/v2, proxy:3128",
        "http://api.example.com/v2, plain:80",
        "https://internal.example.com,",
        "https://www.corp,",
        "https://10.1.2.3,",
        "https://localhost:8443,",
        "https://127.0.0.1:8443,",
        "https://127.8.0.1,",
        "https://[::1]:8443,"
    })
    void propertiesOfTheJdkAreUsedButNeverForLoopback(URI target, @Nullable String proxy) {
        Map<String, String> properties = Map.of(
                "https.proxyHost", "proxy",
                "https.proxyPort", "3128",
                "http.proxyHost", "plain",
                "http.nonProxyHosts", "internal.example.com|*.corp|10.*");
        assertProxy(OutboundProxy.of(target, properties::get, name -> null), proxy);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com/v2, proxy:3128",
        "https://example.org, proxy:3128",
        "https://example.net,",
        "https://api.example.net,",
        "https://notexample.net, proxy:3128",
        "https://a.corp,",
        "http://api.example.com, plain:8080",
        "https://127.0.0.1,"
    })
    void variablesAreUsedWhenNoPropertyIsSet(URI target, @Nullable String proxy) {
        Map<String, String> environment = Map.of(
                "HTTPS_PROXY", "http://user:secret@proxy:3128/",
                "http_proxy", "plain:8080",
                "NO_PROXY", "example.net, .corp,localhost:8080");
        OutboundProxy found = OutboundProxy.of(target, name -> null, environment::get);
        assertProxy(found, proxy);
        assertThat(String.valueOf(found)).doesNotContain("secret");
    }

    @Test
    void noProxyIsUsedWithoutSettingsOrWhenEveryHostIsExcluded() {
        URI target = URI.create("https://api.example.com");
        assertThat(OutboundProxy.of(target, name -> null, name -> null)).isNull();
        Map<String, String> all = Map.of("HTTPS_PROXY", "proxy:1", "NO_PROXY", "*");
        assertThat(OutboundProxy.of(target, name -> null, all::get)).isNull();
    }

    @Test
    void vendorIsReachedThroughTheProxy() {
        try (RawServer proxy = new RawServer();
                UpstreamFixture kit = new UpstreamFixture(new SettableClock(SampleFactory.NOON))) {
            proxy.answer(request -> request.head().startsWith("CONNECT ")
                    ? "HTTP/1.1 200 Connection established\r\n\r\n"
                    : RawServer.json("{\"name\":\"VIP\"}"));
            URI address = URI.create(proxy.baseUrl());
            System.setProperty("http.proxyHost", address.getHost());
            System.setProperty("http.proxyPort", String.valueOf(address.getPort()));
            UpstreamClient client = kit.client(new Target(
                    Vendor.SIPSIM,
                    "http://vendor.invalid/api",
                    Credentials.fixed("x-api-key", "key"),
                    UpstreamFixture.settings(UpstreamFixture.PATIENCE)));
            UpstreamRequest tags = UpstreamRequest.get("listTags", "/tags");
            String name = SourceAssertions.require(client.fetch(tags, (json, at) -> json.text("name")));
            assertThat(name).isEqualTo("VIP");
            assertThat(proxy.requests())
                    .extracting(RawServer.Request::target)
                    .containsExactly("vendor.invalid:80", "/api/tags");
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
        }
    }

    private static void assertProxy(@Nullable OutboundProxy found, @Nullable String proxy) {
        assertThat(found == null ? null : found.toString()).isEqualTo(proxy);
    }
}
