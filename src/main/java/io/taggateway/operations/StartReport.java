package io.taggateway.operations;

import io.taggateway.access.security.SecurityProperties;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.source.VendorProfile;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Logs the configuration of a started gateway in one line. */
@Component
class StartReport {

    private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

    /** The first page that is served, or the API. */
    private static final String PAGE =
            "#{${gateway.overview.enabled} ? '/' : ${gateway.graphiql.enabled} ? '/graphiql' : '/graphql'}";

    private final SecurityProperties security;
    private final TenantRegistry tenants;
    private final String scheme;
    private final String path;
    private volatile int port;

    StartReport(
            SecurityProperties security,
            TenantRegistry tenants,
            ServerProperties server,
            @Value("${spring.webflux.base-path:}") String basePath,
            @Value(PAGE) String page) {
        this.security = security;
        this.tenants = tenants;
        this.scheme = Ssl.isEnabled(server.getSsl()) ? "https" : "http";
        this.path = basePath + page;
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
        LOG.info("Vendors: {}. Callers: {}. Try {}://localhost:{}{}", vendors, callers(), scheme, port, path);
    }

    private String callers() {
        if (security.authenticates()) {
            return "authenticated by " + security.mode();
        }
        return security.open() ? "everybody (GATEWAY_SECURITY_MODE=none)" : "everybody, as all data is invented";
    }

    private static String vendor(VendorProfile profile) {
        return profile.vendor().displayName() + " "
                + switch (profile.origin()) {
                    case LIVE -> "live";
                    case SANDBOX -> "simulated by the sandbox";
                    case NONE -> "not configured";
                };
    }
}
