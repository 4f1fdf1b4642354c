package io.taggateway.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How far lists are read.
 *
 * @param maxVendorPages how many pages of a vendor one connection may need; a page that is not full by then says that
 *     there is more
 */
@ConfigurationProperties(prefix = "gateway.paging", ignoreUnknownFields = false)
record PagingProperties(@DefaultValue("20") int maxVendorPages) {

    PagingProperties {
        if (maxVendorPages < 1) {
            throw new IllegalArgumentException("gateway.paging.max-vendor-pages must be at least 1");
        }
    }
}
