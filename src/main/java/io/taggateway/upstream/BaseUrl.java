package io.taggateway.upstream;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;

/** The base URL of a vendor's API. */
public final class BaseUrl {

    private BaseUrl() {}

    /**
     * The base URL without slashes at its end.
     *
     * @param vendor the prefix of the vendor's settings, for error messages
     * @param setting the rest of the setting's name
     * @param insecureAllowed whether credentials may be sent unencrypted to more than loopback
     * @throws IllegalArgumentException if it is no http or https URL with a host, or an http URL that is not allowed
     */
    public static String check(String vendor, String setting, String url, boolean insecureAllowed) {
        String name = vendor + "_" + setting;
        String trimmed = url.strip().replaceFirst("/+$", "");
        URI uri = parse(name, trimmed);
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean http = https || "http".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException(message(name));
        }
        if (!https && !insecureAllowed && !isLoopback(uri.getHost())) {
            throw new IllegalArgumentException(name + " must be an https URL, as credentials and data would be sent"
                    + " unencrypted: set " + vendor + "_ALLOW_INSECURE_HTTP=true to confirm that this is intended");
        }
        return trimmed;
    }

    private static URI parse(String name, String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(message(name), e);
        }
    }

    /** A name other than {@code localhost} is not loopback, whatever it currently resolves to. */
    private static boolean isLoopback(String host) {
        try {
            return host.equalsIgnoreCase("localhost")
                    || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    private static String message(String name) {
        return name + " must be an address such as https://api.example.com/v2";
    }
}
