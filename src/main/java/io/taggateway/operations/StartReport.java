package io.taggateway.operations;

import io.taggateway.access.security.SecurityProperties;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.source.VendorProfile;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says in one line what a started gateway is configured to do. */
@Component
class StartReport {

    private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

    private final SecurityProperties security;
    private final TenantRegistry tenants;
    private volatile int port;

    StartReport(SecurityProperties security, TenantRegistry tenants) {
        this.security = security;
        this.tenants = tenants;
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() == null) {
            port = event.getWebServer().getPort();
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        String vendors;
        try (Lease lease = tenants.lease()) {
            vendors = lease.directory().profiles().stream()
                    .map(StartReport::vendor)
                    .collect(Collectors.joining(", "));
        }
        LOG.info(
                "Vendors: {}. Callers: {}. Try http://localhost:{}/graphiql",
                vendors,
                security.open() ? "everybody (GATEWAY_SECURITY_MODE=none)" : "everybody on this machine",
                port);
    }

    private static String vendor(VendorProfile profile) {
        return profile.vendor().displayName() + " "
                + switch (profile.origin()) {
                    case LIVE -> "live";
                    case SANDBOX -> "played by the sandbox";
                    case NONE -> "not configured";
                };
    }
}
