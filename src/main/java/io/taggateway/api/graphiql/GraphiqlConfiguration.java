package io.taggateway.api.graphiql;

import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The page's routes: exactly the files it needs, each by its own path, and nothing else of the class path. */
@Configuration(proxyBeanMethods = false)
class GraphiqlConfiguration {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final MediaType STYLES = MediaType.parseMediaType("text/css;charset=UTF-8");
    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");

    /** The one style element that GraphiQL writes: a dialog keeps the page behind it from scrolling. */
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

    @Bean
    RouterFunction<ServerResponse> graphiqlRoutes(Settings settings) {
        return settings.enabled() ? routes() : request -> Mono.empty();
    }

    private static RouterFunction<ServerResponse> routes() {
        List<Example> examples = Example.readAll();
        RouterFunctions.Builder routes = RouterFunctions.route()
                .before(GraphiqlConfiguration::addHeaders)
                .route(reading("/"), request -> redirectTo("graphiql"))
                .route(reading(""), request -> redirectTo(lastSegment(request) + "/graphiql"))
                .route(reading("/graphiql/"), request -> redirectTo("../graphiql"))
                .route(
                        reading("/graphiql/examples.json"),
                        request -> ServerResponse.ok().bodyValue(examples));
        files().forEach(file -> routes.route(reading(file.path()), file::serve));
        return routes.build();
    }

    private static Stream<GraphiqlFile> files() {
        return Stream.of(
                GraphiqlFile.read("/graphiql", HTML, "graphiql/graphiql.html"),
                GraphiqlFile.read("/graphiql/graphiql.js", SCRIPT, "graphiql/graphiql.js"),
                GraphiqlFile.read("/graphiql/graphiql.css", STYLES, "graphiql/graphiql.css"),
                GraphiqlFile.read("/graphiql/icon.svg", SVG, "graphiql/icon.svg"),
                GraphiqlFile.read("/graphiql/graphiql.min.js", SCRIPT, npm("graphiql", "graphiql.min.js")),
                GraphiqlFile.read("/graphiql/graphiql.min.css", STYLES, npm("graphiql", "graphiql.min.css")),
                GraphiqlFile.read("/graphiql/react.min.js", SCRIPT, npm("react", "umd/react.production.min.js")),
                GraphiqlFile.read(
                        "/graphiql/react-dom.min.js", SCRIPT, npm("react-dom", "umd/react-dom.production.min.js")));
    }

    /** Where a jar of {@code org.mvnpm} has a file of a package: in a folder of its version. */
    private static String npm(String name, String file) {
        try {
            String version = PropertiesLoaderUtils.loadAllProperties(
                            "META-INF/maven/org.mvnpm/" + name + "/pom.properties")
                    .getProperty("version");
            return "META-INF/resources/_static/" + name + "/" + version + "/" + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RequestPredicate reading(String path) {
        return methods(HttpMethod.GET, HttpMethod.HEAD).and(path(path));
    }

    /** Relative, so that it holds behind a path prefix. */
    private static Mono<ServerResponse> redirectTo(String location) {
        return ServerResponse.temporaryRedirect(URI.create(location)).build();
    }

    /** That of a base path which is requested without a slash at its end. */
    private static String lastSegment(ServerRequest request) {
        String path = request.requestPath().value();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static ServerRequest addHeaders(ServerRequest request) {
        HttpHeaders headers = request.exchange().getResponse().getHeaders();
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.setCacheControl(CacheControl.noCache());
        return request;
    }

    /**
     * Settings of the GraphiQL page.
     *
     * @param enabled whether {@code /graphiql} is served, and {@code /} redirects to it
     */
    @ConfigurationProperties(prefix = "gateway.graphiql", ignoreUnknownFields = false)
    record Settings(@DefaultValue("true") boolean enabled) {}

    /**
     * A ready operation that the page opens in a tab.
     *
     * @param name the comment in its first line
     * @param query the whole document
     */
    record Example(String name, String query) {

        /** All of {@code schema/examples}, in the order of their file names. */
        static List<Example> readAll() {
            try {
                return Stream.of(new PathMatchingResourcePatternResolver()
                                .getResources("classpath:graphiql/examples/*.graphql"))
                        .sorted(Comparator.comparing(Resource::getFilename))
                        .map(Example::read)
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Example read(Resource file) {
            String query = new String(GraphiqlFile.bytes(file), StandardCharsets.UTF_8);
            String firstLine = query.lines().findFirst().orElse("");
            if (!firstLine.startsWith("# ")) {
                throw new IllegalStateException(file + " must begin with its name as a comment: # What it shows");
            }
            return new Example(firstLine.substring(2).strip(), query);
        }
    }
}
