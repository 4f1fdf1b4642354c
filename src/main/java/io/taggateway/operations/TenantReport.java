package io.taggateway.operations;

import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.model.Tenant;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Logs the tenants of a started gateway in one line, if it has any other than the default one. */
@Component
class TenantReport {

    private static final Logger LOG = LoggerFactory.getLogger(TenantReport.class);

    private static final int MAX_NAMES = 20;

    private final TenantCatalog catalog;

    TenantReport(TenantCatalog catalog) {
        this.catalog = catalog;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(-1)
    void ready() {
        if (!catalog.isInUse()) {
            return;
        }
        int count = catalog.tenants().size();
        String names = catalog.tenants().stream()
                .map(Tenant::name)
                .sorted()
                .limit(MAX_NAMES)
                .collect(Collectors.joining(", "));
        LOG.info("Tenants: {}{}{}", count, names.isEmpty() ? "" : ": " + names, count > MAX_NAMES ? ", …" : "");
    }
}
