package io.taggateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The gateway's entry point. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class TagGatewayApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(TagGatewayApplication.class, arguments);
    }
}
