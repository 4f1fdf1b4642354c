package io.taggateway.upstream.http;

import java.net.URI;
import java.net.URISyntaxException;

/** The address at which a vendor's API begins. */
public final class BaseUrl {

    private BaseUrl() {}

    /**
     * The address without slashes at its end.
     *
     * @param name the name of the setting, for error messages
     * @throws IllegalArgumentException if it is no http or https URL with a host
     */
    public static String check(String name, String url) {
        String trimmed = url.strip().replaceFirst("/+$", "");
        try {
            URI uri = new URI(trimmed);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!http || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
                throw new IllegalArgumentException(message(name));
            }
            return trimmed;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(message(name), e);
        }
    }

    private static String message(String name) {
        return name + " must be an address such as https://api.example.com/v2";
    }
}
