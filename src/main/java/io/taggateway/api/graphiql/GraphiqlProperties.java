package io.taggateway.api.graphiql;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the GraphiQL page.
 *
 * @param enabled whether {@code /graphiql} is served, and {@code /} leads there
 */
@ConfigurationProperties(prefix = "gateway.graphiql", ignoreUnknownFields = false)
record GraphiqlProperties(@DefaultValue("true") boolean enabled) {}
