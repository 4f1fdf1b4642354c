package io.taggateway.access.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The schema for reading.
 *
 * @param enabled whether {@code /graphql/schema} is served
 */
@ConfigurationProperties(prefix = "gateway.schema", ignoreUnknownFields = false)
record SchemaProperties(@DefaultValue("true") boolean enabled) {}
