package io.taggateway.api.graphiql;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The routes of the page: exactly the files that it needs, and no other resource of the class path. */
@Configuration(proxyBeanMethods = false)
class GraphiqlConfiguration {

    @Bean
    RouterFunction<ServerResponse> graphiqlRoutes(Settings settings) {
        return settings.enabled() ? routes() : request -> Mono.empty();
    }

    private static RouterFunction<ServerResponse> routes() {
        List<Example> examples = Example.readAll();
        RouterFunctions.Builder routes = RouterFunctions.route()
                .before(PageRoute::addHeaders)
                .route(PageRoute.reading("/"), request -> PageRoute.redirectTo("graphiql"))
                .route(
                        PageRoute.reading(""),
                        request -> PageRoute.redirectTo(PageRoute.lastSegment(request) + "/graphiql"))
                .route(PageRoute.reading("/graphiql/"), request -> PageRoute.redirectTo("../graphiql"))
                .route(
                        PageRoute.reading("/graphiql/examples.json"),
                        request -> ServerResponse.ok().bodyValue(examples));
        files().forEach(file -> routes.route(PageRoute.reading(file.path()), file::serve));
        return routes.build();
    }

    private static Stream<GraphiqlFile> files() {
        return Stream.of(
                GraphiqlFile.of("/graphiql", PageRoute.HTML, "graphiql/graphiql.html"),
                GraphiqlFile.of("/graphiql/graphiql.js", PageRoute.SCRIPT, "graphiql/graphiql.js"),
                GraphiqlFile.of("/graphiql/events.js", PageRoute.SCRIPT, "graphiql/events.js"),
                GraphiqlFile.of("/graphiql/examples.js", PageRoute.SCRIPT, "graphiql/examples.js"),
                GraphiqlFile.of("/graphiql/graphiql.css", PageRoute.STYLES, "graphiql/graphiql.css"),
                GraphiqlFile.of("/graphiql/credential.js", PageRoute.SCRIPT, "overview/credential.js"),
                GraphiqlFile.of("/graphiql/icon.svg", PageRoute.SVG, "graphiql/icon.svg"),
                GraphiqlFile.of(
                        "/graphiql/graphiql.min.js", PageRoute.SCRIPT, PageRoute.npm("graphiql", "graphiql.min.js")),
                GraphiqlFile.of(
                        "/graphiql/graphiql.min.css", PageRoute.STYLES, PageRoute.npm("graphiql", "graphiql.min.css")),
                GraphiqlFile.of(
                        "/graphiql/react.min.js",
                        PageRoute.SCRIPT,
                        PageRoute.npm("react", "umd/react.production.min.js")),
                GraphiqlFile.of(
                        "/graphiql/react-dom.min.js",
                        PageRoute.SCRIPT,
                        PageRoute.npm("react-dom", "umd/react-dom.production.min.js")));
    }

    /**
     * Settings of the GraphiQL page.
     *
     * @param enabled whether {@code /graphiql} is served, and {@code /} redirects to it
     */
    @ConfigurationProperties(prefix = "gateway.graphiql", ignoreUnknownFields = false)
    record Settings(@DefaultValue("true") boolean enabled) {}

    /**
     * An example operation that the page opens in a tab.
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
