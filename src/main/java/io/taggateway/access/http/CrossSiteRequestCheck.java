package io.taggateway.access.http;

import io.taggateway.access.security.SecurityProperties;
import io.taggateway.access.security.StartupSecurityCheck;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ResponseStatusException;

/**
 * Refuses requests that a page of another site may have sent in the caller's browser: those that the browser marks as
 * cross-site, unless CORS allows their origin, and GET requests that a form, an image or a link can send.
 */
@Component
public class CrossSiteRequestCheck {

    private static final List<String> PREFLIGHT =
            List.of("GraphQL-Require-Preflight", "Apollo-Require-Preflight", "X-Apollo-Operation-Name");

    /** The header that browsers set on requests of scripts. */
    private static final Set<String> OF_SCRIPTS = Set.of("cors", "same-origin");

    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

    private final SecurityProperties security;
    private final boolean onlyOwnHosts;
    private final CorsConfiguration cors;

    CrossSiteRequestCheck(
            SecurityProperties security, StartupSecurityCheck credentials, GraphQlCorsProperties properties) {
        this.security = security;
        this.onlyOwnHosts = !security.authenticates() && credentials.hasRealCredentials();
        this.cors = Objects.requireNonNullElseGet(properties.toCorsConfiguration(), CorsConfiguration::new);
    }

    /**
     * Whether a request is to a host name that is not the gateway's, while the gateway has real credentials and callers
     * do not authenticate. Otherwise a page could have its own host name resolve to this address, and read all
     * responses (DNS rebinding).
     */
    public boolean isOfOtherHost(ServerHttpRequest request) {
        return onlyOwnHosts && !security.isOwnHost(request.getURI().getHost());
    }

    /**
     * Checks a request.
     *
     * @throws RefusedRequestException if a page of another site may have sent it
     * @throws ResponseStatusException if it is to a host that is not the gateway's
     */
    void refuse(ServerHttpRequest request) {
        if (isOfOtherHost(request)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        HttpHeaders headers = request.getHeaders();
        if (!request.getMethod().equals(HttpMethod.POST)) {
            refuseUnintended(headers);
        }
        String origin = headers.getOrigin();
        boolean elsewhere = origin == null
                ? OTHER_SITES.contains(Objects.requireNonNullElse(headers.getFirst("Sec-Fetch-Site"), ""))
                : !isOwn(origin, request) && cors.checkOrigin(origin) == null;
        if (elsewhere) {
            throw new RefusedRequestException("A page of another site sent this request.");
        }
    }

    /** Behind a proxy that terminates TLS, the scheme may differ. */
    private static boolean isOwn(String origin, ServerHttpRequest request) {
        String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        return origin.equalsIgnoreCase("https://" + host)
                || origin.equalsIgnoreCase("http://" + host)
                || !CorsUtils.isCorsRequest(request);
    }

    private static void refuseUnintended(HttpHeaders headers) {
        boolean deliberate = isJson(headers)
                || ResponseMediaType.anyNamed(headers)
                || PREFLIGHT.stream().anyMatch(name -> StringUtils.hasText(headers.getFirst(name)))
                || isOfOwnScript(headers);
        if (!deliberate) {
            throw new RefusedRequestException(
                    "A page of another site could have sent this GET: set the accepted media type, such as `Accept:"
                            + " application/json`, or send the header `GraphQL-Require-Preflight: 1`.");
        }
    }

    private static boolean isJson(HttpHeaders headers) {
        try {
            return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(headers.getContentType());
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** Pages cannot change these headers. Programs other than browsers may send the first one without the second. */
    private static boolean isOfOwnScript(HttpHeaders headers) {
        String mode = headers.getFirst("Sec-Fetch-Mode");
        String site = headers.getFirst("Sec-Fetch-Site");
        return mode != null && OF_SCRIPTS.contains(mode) && (site == null || !OTHER_SITES.contains(site));
    }
}
