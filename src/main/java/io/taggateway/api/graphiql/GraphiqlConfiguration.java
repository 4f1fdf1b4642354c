package io.taggateway.api.graphiql;

import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
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
    RouterFunction<ServerResponse> graphiqlRoutes(GraphiqlProperties properties) {
        return properties.enabled() ? routes() : request -> Mono.empty();
    }

    private static RouterFunction<ServerResponse> routes() {
        List<GraphiqlExample> examples = GraphiqlExample.readAll();
        RouterFunctions.Builder routes = RouterFunctions.route()
                .before(GraphiqlConfiguration::addHeaders)
                .route(reading("/"), request -> redirectTo("graphiql"))
                .route(reading("/graphiql/"), request -> redirectTo("../graphiql"))
                .route(
                        reading("/graphiql/examples.json"),
                        request -> ServerResponse.ok().bodyValue(examples));
        files().forEach(file -> routes.route(reading(file.path()), file::serve));
        return routes.build();
    }

    private static Stream<GraphiqlFile> files() {
        NpmPackage graphiql = NpmPackage.onClassPath("graphiql");
        NpmPackage react = NpmPackage.onClassPath("react");
        NpmPackage reactDom = NpmPackage.onClassPath("react-dom");
        return Stream.of(
                GraphiqlFile.read("/graphiql", HTML, own("graphiql.html")),
                GraphiqlFile.read("/graphiql/graphiql.js", SCRIPT, own("graphiql.js")),
                GraphiqlFile.read("/graphiql/graphiql.css", STYLES, own("graphiql.css")),
                GraphiqlFile.read("/graphiql/icon.svg", SVG, own("icon.svg")),
                GraphiqlFile.read("/graphiql/graphiql.min.js", SCRIPT, graphiql.file("graphiql.min.js")),
                GraphiqlFile.read("/graphiql/graphiql.min.css", STYLES, graphiql.file("graphiql.min.css")),
                GraphiqlFile.read("/graphiql/react.min.js", SCRIPT, react.file("umd/react.production.min.js")),
                GraphiqlFile.read(
                        "/graphiql/react-dom.min.js", SCRIPT, reactDom.file("umd/react-dom.production.min.js")));
    }

    private static Resource own(String name) {
        return new ClassPathResource("graphiql/" + name);
    }

    private static RequestPredicate reading(String path) {
        return methods(HttpMethod.GET, HttpMethod.HEAD).and(path(path));
    }

    /** Relative, so that it holds behind a path prefix. */
    private static Mono<ServerResponse> redirectTo(String location) {
        return ServerResponse.temporaryRedirect(URI.create(location)).build();
    }

    private static ServerRequest addHeaders(ServerRequest request) {
        HttpHeaders headers = request.exchange().getResponse().getHeaders();
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.setCacheControl(CacheControl.noCache());
        return request;
    }
}
