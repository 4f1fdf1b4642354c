package io.taggateway.api;

import graphql.scalars.ExtendedScalars;
import graphql.schema.GraphQLScalarType;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.TagWatch;
import io.taggateway.tagging.paging.ConnectionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/** How GraphQL is run here. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    @Bean
    RuntimeWiringConfigurer scalars() {
        GraphQLScalarType json = ExtendedScalars.Json.transform(builder -> builder.name("JSON"));
        return wiring -> wiring.scalar(InstantScalar.type())
                .scalar(HexColorScalar.type())
                .scalar(json);
    }

    @Bean
    ConnectionReader connectionReader(PagingProperties properties) {
        return new ConnectionReader(properties.maxVendorPages());
    }

    @Bean
    ChangeFeed changeFeed(SubscriptionProperties properties) {
        return new ChangeFeed(properties.buffer());
    }

    @Bean
    TagWatch tagWatch(VendorDirectory directory, ChangeFeed feed, SubscriptionProperties properties) {
        return new TagWatch(directory, feed, properties.pollInterval());
    }
}
