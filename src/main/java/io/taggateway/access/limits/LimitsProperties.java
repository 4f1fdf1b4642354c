package io.taggateway.access.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How much one operation may ask for. Introspection counts for none of these but the tokens.
 *
 * @param depth how many fields deep it is
 * @param aliases how many of its fields have an alias
 * @param rootFields how many fields it has at its root
 * @param tokens how many tokens its document has
 * @param cost how many objects it may be answered with
 * @param vendorRequests how many requests a query, or one event of a subscription, may have sent to vendors
 */
@ConfigurationProperties(prefix = "gateway.limits", ignoreUnknownFields = false)
record LimitsProperties(
        LimitProperties depth,
        LimitProperties aliases,
        LimitProperties rootFields,
        LimitProperties tokens,
        LimitProperties cost,
        LimitProperties vendorRequests) {}
