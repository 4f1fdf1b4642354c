package io.taggateway.access.server;

import java.net.InetAddress;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.WebFilter;

/**
 * Configures the management port. It listens on the loopback interface unless an address is set, and serves the
 * endpoints of Actuator only. Otherwise it would serve the whole API, as its context inherits the gateway's beans.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnMissingBean(value = ServerConfiguration.class, search = SearchStrategy.CURRENT)
class ManagementPortConfiguration {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> managementServerLimits(
            ConnectionProperties properties, UnsentByteCounter unsent, ManagementServerProperties management) {
        return factory -> {
            if (management.getAddress() == null) {
                factory.setAddress(InetAddress.getLoopbackAddress());
            }
            factory.addServerCustomizers(ServerConfiguration.limits(properties, unsent)::apply);
        };
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 2)
    WebFilter actuatorFilter(PathMappedEndpoints endpoints) {
        return (exchange, chain) -> {
            String path =
                    exchange.getRequest().getPath().pathWithinApplication().value();
            boolean known = path.equals(endpoints.getBasePath())
                    || endpoints.getAllPaths().stream()
                            .anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
            if (known) {
                return chain.filter(exchange);
            }
            exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
            return exchange.getResponse().setComplete();
        };
    }
}
