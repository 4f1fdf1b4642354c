package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.taggateway.support.SelfSignedCertificate;
import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.upstream.http.UpstreamClient.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Tests of trusted certificates of vendors. */
class SslBundleTests {

    private static final String PASSWORD = SelfSignedCertificate.PASSWORD;
    private static final UpstreamRequest TAGS = UpstreamRequest.get("listTags", "/tags");

    @Test
    void certificateIsTrustedWhenTheBundleOfHttpClientsContainsIt(@TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        KeyStore keys = SelfSignedCertificate.create(folder.resolve("keys.p12"));
        DisposableServer server = server(keys);
        SslBundle bundle = SslBundle.of(SslStoreBundle.of(keys, PASSWORD, keys), SslBundleKey.of(PASSWORD, "server"));
        SettableClock clock = new SettableClock(SampleFactory.NOON);
        try (UpstreamFixture jdk = new UpstreamFixture(clock);
                UpstreamFixture configured = new UpstreamFixture(clock, HttpClientSettings.ofSslBundle(bundle))) {
            String url = "https://127.0.0.1:" + server.port() + "/api";
            String name =
                    SourceAssertions.require(client(configured, url).fetch(TAGS, (json, at) -> json.text("name")));
            assertThat(name).isEqualTo("VIP");
            TestOperation.verify(client(jdk, url).fetch(TAGS, (json, at) -> ""))
                    .verifyErrorSatisfies(error ->
                            assertThat(((SourceException) error).detail()).containsIgnoringCase("cert"));
        } finally {
            server.disposeNow();
        }
    }

    private static UpstreamClient client(UpstreamFixture kit, String url) {
        return kit.client(new Target(
                Vendor.SIPSIM,
                url,
                Credentials.fixed("x-api-key", "key"),
                UpstreamFixture.settings(UpstreamFixture.PATIENCE)));
    }

    private static DisposableServer server(KeyStore keys) throws SSLException {
        SslManagerBundle managers =
                SslManagerBundle.from(SslStoreBundle.of(keys, PASSWORD, null), SslBundleKey.of(PASSWORD, "server"));
        SslContext context =
                SslContextBuilder.forServer(managers.getKeyManagerFactory()).build();
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .secure(spec -> spec.sslContext(context))
                .handle((request, response) -> response.sendString(Mono.just("{\"name\":\"VIP\"}")))
                .bindNow();
    }
}
