import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * Spring Authorization Server with one client, which IdentityProviderTests starts as a process of its own. It writes
 * its port, and for each line that it reads, {@code RSA} or {@code EC}, it signs with another key and publishes it and
 * the one before. The file {@code --rsa-keys} has the RSA keys.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class IdentityProvider {

    private final List<JWK> keys = new ArrayList<>();
    private final List<JWK> rsaKeys;

    IdentityProvider(@Value("${rsa-keys}") File rsaKeys) throws IOException, ParseException {
        this.rsaKeys = new ArrayList<>(JWKSet.load(rsaKeys).getKeys());
    }

    public static void main(String[] arguments) throws Exception {
        SpringApplication application = new SpringApplication(IdentityProvider.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "logging.level.root", "warn"));
        ConfigurableApplicationContext context = application.run(arguments);
        System.out.println(context.getEnvironment().getProperty("local.server.port"));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String type = lines.readLine(); type != null; type = lines.readLine()) {
            context.getBean(IdentityProvider.class).rotate(type);
            System.out.println("rotated");
        }
        context.close();
    }

    synchronized void rotate(String type) throws JOSEException {
        String id = UUID.randomUUID().toString();
        keys.addFirst(
                type.equals("RSA")
                        ? new RSAKey.Builder(nextRsaKey()).keyID(id).build()
                        : new ECKeyGenerator(Curve.P_256).keyID(id).generate());
        if (keys.size() > 2) {
            keys.removeLast();
        }
    }

    private RSAKey nextRsaKey() {
        rsaKeys.addLast(rsaKeys.removeFirst());
        return rsaKeys.getLast().toRSAKey();
    }

    private synchronized JWKSet published() {
        return new JWKSet(List.copyOf(keys));
    }

    private synchronized boolean signsWithRsa() {
        return keys.getFirst().getKeyType().getValue().equals("RSA");
    }

    @Bean
    JWKSource<SecurityContext> keys() throws JOSEException {
        rotate("RSA");
        return (selector, context) -> selector.select(published());
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> tokens() {
        return context -> {
            context.getJwsHeader().algorithm(signsWithRsa() ? SignatureAlgorithm.RS256 : SignatureAlgorithm.ES256);
            context.getClaims().audience(List.of("tag-gateway"));
        };
    }

    @Bean
    RegisteredClientRepository clients() {
        return new InMemoryRegisteredClientRepository(RegisteredClient.withId("dashboard")
                .clientId("dashboard")
                .clientSecret("{noop}secret")
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope("tags.read")
                .build());
    }
}
