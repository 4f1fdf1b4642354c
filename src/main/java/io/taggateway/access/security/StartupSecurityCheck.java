package io.taggateway.access.security;

import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.model.StartupException;
import io.taggateway.tagging.source.VendorProfile.Origin;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.stereotype.Component;

/**
 * Prevents the start of a gateway with real credentials that unauthenticated callers could use, unless the security
 * mode is {@code none} explicitly. The sandbox has invented data only, so it needs no security mode. It runs before the
 * web server is created.
 */
@Component
public class StartupSecurityCheck implements WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> {

    private final SecurityProperties security;
    private final String live;

    StartupSecurityCheck(SecurityProperties security, TenantRegistry tenants, TenantCatalog catalog) {
        this.security = security;
        try (Lease lease = tenants.lease()) {
            Stream<String> vendors = lease.directory().profiles().stream()
                    .filter(profile -> profile.origin() == Origin.LIVE)
                    .map(profile -> profile.vendor().displayName());
            Stream<String> others = Stream.of("tenants").filter(name -> catalog.isInUse());
            this.live = Stream.concat(vendors, others).collect(Collectors.joining(" and "));
        }
    }

    /** Whether the gateway has credentials other than those of the sandbox. */
    public boolean hasRealCredentials() {
        return !live.isEmpty();
    }

    @Override
    public void customize(ConfigurableReactiveWebServerFactory factory) {
        if (!security.modes().isEmpty()) {
            return;
        }
        if (hasRealCredentials()) {
            throw new StartupException("The gateway has real credentials of " + live + ", and anyone who reaches it"
                    + " could use them: set GATEWAY_SECURITY_MODE to api-key or jwt, or to none to confirm that this"
                    + " is intended.");
        }
        if (security.hasKeys()) {
            throw new StartupException("The gateway has API keys, but callers need none: set GATEWAY_SECURITY_MODE"
                    + " to api-key, or to none to confirm that this is intended.");
        }
    }
}
