package io.taggateway.upstream.http;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/**
 * The HTTP proxy through which a host is reached: by the properties of the JDK, such as {@code https.proxyHost} and
 * {@code http.nonProxyHosts}, or else by variables such as {@code HTTPS_PROXY} and {@code NO_PROXY}.
 *
 * @param userInfo name and password with a colon between; null for none
 */
record OutboundProxy(String host, int port, @Nullable String userInfo) {

    /** Masks the password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }

    /** The proxy for a URL; null if it is reached directly, as loopback always is. */
    static @Nullable OutboundProxy of(
            URI target, Function<String, @Nullable String> properties, Function<String, @Nullable String> environment) {
        String host = target.getHost().toLowerCase(Locale.ROOT);
        String scheme = target.getScheme().toLowerCase(Locale.ROOT);
        if (host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]")) {
            return null;
        }
        String proxyHost = properties.apply(scheme + ".proxyHost");
        if (proxyHost != null && !proxyHost.isBlank()) {
            String port = properties.apply(scheme + ".proxyPort");
            boolean direct =
                    patterns(properties.apply("http.nonProxyHosts"), "\\|").anyMatch(pattern -> matches(host, pattern));
            return direct
                    ? null
                    : new OutboundProxy(
                            proxyHost.strip(),
                            port == null || port.isBlank() ? defaultPort(scheme) : Integer.parseInt(port.strip()),
                            null);
        }
        boolean direct = patterns(variable("no_proxy", environment), ",").anyMatch(pattern -> isDirect(host, pattern));
        return direct ? null : parse(variable(scheme + "_proxy", environment));
    }

    HttpClient apply(HttpClient client) {
        return client.proxy(spec -> {
            ProxyProvider.Builder proxy =
                    spec.type(ProxyProvider.Proxy.HTTP).host(host).port(port);
            if (userInfo != null) {
                String[] parts = userInfo.split(":", 2);
                proxy.username(parts[0]).password(name -> parts.length > 1 ? parts[1] : "");
            }
        });
    }

    private static @Nullable OutboundProxy parse(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return null;
        }
        URI uri = URI.create(url.contains("://") ? url.strip() : "http://" + url.strip());
        return new OutboundProxy(
                uri.getHost(), uri.getPort() == -1 ? defaultPort(uri.getScheme()) : uri.getPort(), uri.getUserInfo());
    }

    private static int defaultPort(String scheme) {
        return scheme.equalsIgnoreCase("https") ? 443 : 80;
    }

    private static @Nullable String variable(String name, Function<String, @Nullable String> environment) {
        String lower = environment.apply(name);
        return lower == null || lower.isBlank() ? environment.apply(name.toUpperCase(Locale.ROOT)) : lower;
    }

    private static Stream<String> patterns(@Nullable String list, String separator) {
        return list == null
                ? Stream.empty()
                : Arrays.stream(list.split(separator, -1))
                        .map(pattern -> pattern.strip().toLowerCase(Locale.ROOT))
                        .filter(pattern -> !pattern.isEmpty());
    }

    /** With {@code *} at either end, as in the JDK's properties. */
    private static boolean matches(String host, String pattern) {
        String text = pattern.replace("*", "");
        if (!pattern.startsWith("*")) {
            return pattern.endsWith("*") ? host.startsWith(text) : host.equals(text);
        }
        return pattern.endsWith("*") ? host.contains(text) : host.endsWith(text);
    }

    /** A host, with those below it, with or without a dot in front; {@code *} is every host. */
    private static boolean isDirect(String host, String pattern) {
        String domain = pattern.replaceFirst("^\\*?\\.", "").replaceFirst(":[0-9]+$", "");
        return domain.equals("*") || host.equals(domain) || host.endsWith("." + domain);
    }
}
