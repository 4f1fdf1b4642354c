package io.taggateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.graphql.autoconfigure.reactive.GraphQlWebFluxAutoConfiguration;

/** The gateway's entry point. The routes of Spring Boot for GraphQL are replaced by those of the gateway. */
@SpringBootApplication(proxyBeanMethods = false, exclude = GraphQlWebFluxAutoConfiguration.class)
@ConfigurationPropertiesScan
public class TagGatewayApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(TagGatewayApplication.class, arguments);
    }
}
