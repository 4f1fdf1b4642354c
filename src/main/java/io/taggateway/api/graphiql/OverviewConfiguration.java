package io.taggateway.api.graphiql;

import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The routes of the overview of all tags, which is at the root. Its files request the API as any client does. */
@Configuration(proxyBeanMethods = false)
class OverviewConfiguration {

    /** Has precedence over the redirect to GraphiQL, which the root has without this page. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> overviewRoutes(OverviewProperties settings) {
        return settings.enabled() ? routes() : request -> Mono.empty();
    }

    private static RouterFunction<ServerResponse> routes() {
        RouterFunctions.Builder routes = RouterFunctions.route().before(PageRoute::addHeaders);
        files().forEach(file -> routes.route(PageRoute.reading(file.path()), file::serve));
        return routes.route(
                        PageRoute.reading(""), request -> PageRoute.redirectTo(PageRoute.lastSegment(request) + "/"))
                .build();
    }

    private static Stream<GraphiqlFile> files() {
        Stream<GraphiqlFile> scripts = Stream.of(
                        "overview", "api", "chart", "credential", "groups", "lookup", "parts", "queries", "vendors")
                .map(name ->
                        GraphiqlFile.of("/overview/" + name + ".js", PageRoute.SCRIPT, "overview/" + name + ".js"));
        return Stream.concat(
                scripts,
                Stream.of(
                        GraphiqlFile.of("/", PageRoute.HTML, "overview/overview.html"),
                        GraphiqlFile.of("/overview/overview.css", PageRoute.STYLES, "overview/overview.css"),
                        GraphiqlFile.of("/overview/icon.svg", PageRoute.SVG, "graphiql/icon.svg"),
                        GraphiqlFile.of(
                                "/overview/lit-html.js", PageRoute.SCRIPT, PageRoute.npm("lit-html", "lit-html.js"))));
    }

    /**
     * Settings of the overview.
     *
     * @param enabled whether {@code /} is the overview
     */
    @ConfigurationProperties(prefix = "gateway.overview", ignoreUnknownFields = false)
    record OverviewProperties(@DefaultValue("true") boolean enabled) {}
}
