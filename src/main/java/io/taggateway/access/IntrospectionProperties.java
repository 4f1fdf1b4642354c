package io.taggateway.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether callers may ask for the schema.
 *
 * @param enabled whether {@code __schema} and {@code __type} are answered
 */
@ConfigurationProperties(prefix = "gateway.introspection", ignoreUnknownFields = false)
record IntrospectionProperties(@DefaultValue("true") boolean enabled) {}
