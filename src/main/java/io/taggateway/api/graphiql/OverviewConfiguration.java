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

    /** Before GraphiQL, to which the root leads without this page. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> overviewRoutes(OverviewProperties settings) {
        return settings.enabled() ? routes() : request -> Mono.empty();
    }

    private static RouterFunction<ServerResponse> routes() {
        RouterFunctions.Builder routes = RouterFunctions.route().before(PageRoutes::addHeaders);
        files().forEach(file -> routes.route(PageRoutes.reading(file.path()), file::serve));
        return routes.route(
                        PageRoutes.reading(""), request -> PageRoutes.redirectTo(PageRoutes.lastSegment(request) + "/"))
                .build();
    }

    private static Stream<GraphiqlFile> files() {
        Stream<GraphiqlFile> scripts = Stream.of(
                        "overview", "api", "chart", "credential", "groups", "lookup", "parts", "queries", "vendors")
                .map(name ->
                        GraphiqlFile.read("/overview/" + name + ".js", PageRoutes.SCRIPT, "overview/" + name + ".js"));
        return Stream.concat(
                scripts,
                Stream.of(
                        GraphiqlFile.read("/", PageRoutes.HTML, "overview/overview.html"),
                        GraphiqlFile.read("/overview/overview.css", PageRoutes.STYLES, "overview/overview.css"),
                        GraphiqlFile.read("/overview/icon.svg", PageRoutes.SVG, "graphiql/icon.svg"),
                        GraphiqlFile.read(
                                "/overview/lit-html.js",
                                PageRoutes.SCRIPT,
                                PageRoutes.npm("lit-html", "lit-html.js"))));
    }

    /**
     * OverviewProperties of the overview.
     *
     * @param enabled whether {@code /} is the overview
     */
    @ConfigurationProperties(prefix = "gateway.overview", ignoreUnknownFields = false)
    record OverviewProperties(@DefaultValue("true") boolean enabled) {}
}
