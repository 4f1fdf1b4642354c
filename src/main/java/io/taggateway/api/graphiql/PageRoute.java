package io.taggateway.api.graphiql;

import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The common parts of the routes of all pages: media types, headers, redirects and the locations of files. */
final class PageRoute {

    static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    static final MediaType STYLES = MediaType.parseMediaType("text/css;charset=UTF-8");
    static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");

    /** The only style element that GraphiQL adds: a dialog prevents the page behind it from scrolling. */
    private static final String DIALOG_STYLE = "'sha256-Y/huXlwoYkVyQlxwSVcCi1RCDGDCSVBzDt0hYP9qlTc='";

    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' " + DIALOG_STYLE,
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");

    private PageRoute() {}

    /** The location of a package's file in a jar of {@code org.mvnpm}: a folder with the version. */
    static String npm(String name, String file) {
        try {
            String version = PropertiesLoaderUtils.loadAllProperties(
                            "META-INF/maven/org.mvnpm/" + name + "/pom.properties")
                    .getProperty("version");
            return "META-INF/resources/_static/" + name + "/" + version + "/" + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RequestPredicate reading(String path) {
        return methods(HttpMethod.GET, HttpMethod.HEAD).and(path(path));
    }

    /** Redirects to a relative location, which is also valid behind a path prefix. */
    static Mono<ServerResponse> redirectTo(String location) {
        return ServerResponse.temporaryRedirect(URI.create(location)).build();
    }

    /** The last segment of a base path that is requested without a slash at its end. */
    static String lastSegment(ServerRequest request) {
        String path = request.requestPath().value();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static ServerRequest addHeaders(ServerRequest request) {
        HttpHeaders headers = request.exchange().getResponse().getHeaders();
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.setCacheControl(CacheControl.noCache());
        return request;
    }
}
