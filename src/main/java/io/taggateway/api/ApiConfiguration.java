package io.taggateway.api;

import graphql.scalars.ExtendedScalars;
import graphql.schema.GraphQLScalarType;
import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.AccountOpener;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.ChangeFeedFactory;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.Warning;
import io.taggateway.tagging.paging.ConnectionReader;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/** Configures the execution of GraphQL. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    /** The maximum number of open directories. */
    private static final int MAX_TENANTS = 1_000;

    @Bean
    RuntimeWiringConfigurer scalars() {
        GraphQLScalarType json = ExtendedScalars.Json.transform(builder -> builder.name("JSON"));
        return wiring -> wiring.scalar(MappedScalar.dateTime())
                .scalar(MappedScalar.hexColor())
                .scalar(json);
    }

    @Bean
    RuntimeWiringConfigurer callTags(CallService calls) {
        return wiring -> wiring.type("Call", type -> type.dataFetcher("tags", new CallTagFetcher(calls)));
    }

    @Bean
    RuntimeWiringConfigurer tagMessages() {
        return wiring -> wiring.type(
                        "UserError", type -> type.dataFetcher("message", new TagMessageFetcher<>(UserError::message)))
                .type("Warning", type -> type.dataFetcher("message", new TagMessageFetcher<>(Warning::message)));
    }

    @Bean
    GraphQlSourceBuilderCustomizer argumentBounds(ArgumentBoundVisitor.ArgumentProperties properties) {
        return source -> source.typeVisitors(List.of(new ArgumentBoundVisitor(properties)));
    }

    @Bean
    ConnectionReader connectionReader(PagingProperties properties) {
        return new ConnectionReader(properties.maxVendorPages());
    }

    @Bean
    TenantRegistry tenantRegistry(
            AccountOpener accounts,
            TenantCatalog catalog,
            SubscriptionProperties properties,
            ObjectProvider<ChangeFeedFactory> shared) {
        ChangeFeedFactory feeds = shared.getIfAvailable(() -> (tenant, buffer) -> new ChangeFeed(buffer));
        TenantRegistry registry = new TenantRegistry(
                tenant -> {
                    ChangeFeed feed = feeds.open(tenant, properties.buffer());
                    return new VendorDirectory(accounts.open(tenant, feed), feed, properties.pollInterval());
                },
                MAX_TENANTS);
        catalog.onChange(registry::withdraw);
        return registry;
    }

    /**
     * The limits on reading lists.
     *
     * @param maxVendorPages the maximum number of vendor pages for one connection; a page that is not full by then has
     *     {@code hasNextPage}
     */
    @ConfigurationProperties(prefix = "gateway.paging", ignoreUnknownFields = false)
    record PagingProperties(@DefaultValue("20") int maxVendorPages) {

        PagingProperties {
            if (maxVendorPages < 1) {
                throw new IllegalArgumentException("gateway.paging.max-vendor-pages must be at least 1");
            }
        }
    }
}
