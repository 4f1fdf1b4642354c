package io.taggateway.access.security;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;

/** Retrieves the keys of an issuer from the address in its metadata. Calls block. */
final class IssuerKeyRetriever implements ResourceRetriever {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int CONNECT_MILLIS = 1_000;

    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    private final ResourceRetriever http;
    private final boolean insecureAllowed;

    /** Creates a retriever that uses http for loopback only, unless it is allowed for other hosts. */
    IssuerKeyRetriever(boolean insecureAllowed, Duration timeout) {
        this.insecureAllowed = insecureAllowed;
        this.http = new DefaultResourceRetriever(CONNECT_MILLIS, Math.toIntExact(timeout.toMillis()), MAX_BYTES);
    }

    /** Whether keys may come from an address. A name other than {@code localhost} is not loopback. */
    boolean isAllowed(URL url) {
        return insecureAllowed
                || !url.getProtocol().equalsIgnoreCase("http")
                || url.getHost().equalsIgnoreCase("localhost")
                || isLoopback(url.getHost());
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /** Retrieves keys from a known address. */
    Resource retrieve(URL keys) throws IOException {
        if (!isAllowed(keys)) {
            throw new IOException("Keys of " + keys + " would be sent by http");
        }
        return http.retrieveResource(keys);
    }

    @Override
    public Resource retrieveResource(URL issuer) throws IOException {
        try {
            var metadata = JSONObjectUtils.parse(metadata(issuer).getContent());
            String name = JSONObjectUtils.getString(metadata, "issuer");
            if (!issuer.toString().equals(name)) {
                throw new IOException("The metadata of " + issuer + " is that of " + name);
            }
            return retrieve(JSONObjectUtils.getURI(metadata, "jwks_uri").toURL());
        } catch (ParseException e) {
            throw new IOException("The metadata of " + issuer + " is not valid", e);
        }
    }

    private Resource metadata(URL issuer) throws IOException {
        URI uri = URI.create(issuer.toString());
        String path = uri.getPath().endsWith("/")
                ? uri.getPath().substring(0, uri.getPath().length() - 1)
                : uri.getPath();
        try {
            return http.retrieveResource(uri.resolve(path + OPENID).toURL());
        } catch (IOException e) {
            // Servers without OpenID Connect have their metadata here (RFC 8414)
            return http.retrieveResource(uri.resolve(OAUTH + path).toURL());
        }
    }
}
