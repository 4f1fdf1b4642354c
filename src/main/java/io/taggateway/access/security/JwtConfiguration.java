package io.taggateway.access.security;

import io.taggateway.tagging.model.StartupException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the verification of tokens, if the security mode includes them. */
@Configuration(proxyBeanMethods = false)
class JwtConfiguration {

    /** Null, which registers no bean, if the security mode does not include tokens. */
    @Bean
    @Nullable
    TokenVerifier tokenVerifier(SecurityProperties properties, Clock clock) {
        if (!properties.modes().contains(SecurityMode.JWT)) {
            return null;
        }
        JwtProperties jwt = properties.jwt();
        if (!jwt.isConfigured()) {
            throw new StartupException("GATEWAY_SECURITY_MODE has jwt, but no issuer is configured: set"
                    + " GATEWAY_JWT_ISSUER_URI or GATEWAY_JWT_JWK_SET_URI.");
        }
        if (jwt.audience().isEmpty()) {
            throw new StartupException("GATEWAY_SECURITY_MODE has jwt, but tokens for any other service would be valid:"
                    + " set GATEWAY_JWT_AUDIENCE.");
        }
        return new TokenVerifier(keys(jwt), new TokenClaimValidator(jwt, clock), clock);
    }

    private static IssuerKeySource keys(JwtProperties jwt) {
        boolean known = !jwt.jwkSetUri().isBlank();
        String uri = known ? jwt.jwkSetUri() : jwt.issuerUri();
        IssuerKeyRetriever retriever = new IssuerKeyRetriever(jwt.allowInsecureHttp(), jwt.keyTimeout());
        try {
            URL url = URI.create(uri).toURL();
            if (!retriever.isAllowed(url)) {
                throw new StartupException((known ? "GATEWAY_JWT_JWK_SET_URI" : "GATEWAY_JWT_ISSUER_URI")
                        + " must be an https URL, as others could replace keys that are sent by http: set"
                        + " GATEWAY_JWT_ALLOW_INSECURE_HTTP=true to confirm that this is intended.");
            }
            return new IssuerKeySource(url, known ? retriever::retrieve : retriever, jwt.keyInterval());
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new StartupException("The address of the issuer of tokens is not valid: " + uri + ".");
        }
    }
}
