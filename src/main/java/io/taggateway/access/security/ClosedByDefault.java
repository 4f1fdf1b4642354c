package io.taggateway.access.security;

import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.model.StartupException;
import io.taggateway.tagging.source.VendorProfile.Origin;
import java.net.InetAddress;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Refuses to start a gateway that unauthenticated callers could use, unless the security mode allows it. */
@Component
class ClosedByDefault implements InitializingBean {

    private final SecurityProperties security;
    private final @Nullable InetAddress address;
    private final TenantRegistry tenants;

    ClosedByDefault(SecurityProperties security, ServerProperties server, TenantRegistry tenants) {
        this.security = security;
        this.address = server.getAddress();
        this.tenants = tenants;
    }

    @Override
    public void afterPropertiesSet() {
        if (security.open()) {
            return;
        }
        String live;
        try (Lease lease = tenants.lease()) {
            live = lease.directory().profiles().stream()
                    .filter(profile -> profile.origin() == Origin.LIVE)
                    .map(profile -> profile.vendor().displayName())
                    .collect(Collectors.joining(" and "));
        }
        if (!live.isEmpty()) {
            throw refusal("has real credentials of " + live);
        }
        if (address == null || !address.isLoopbackAddress()) {
            String place = address == null ? "every address" : address.getHostAddress();
            throw refusal("is to listen on " + place + ", not only on loopback");
        }
    }

    private static StartupException refusal(String cause) {
        return new StartupException("The gateway " + cause
                + ", and anyone who reaches it could use them: set GATEWAY_SECURITY_MODE=none to say that this"
                + " is meant.");
    }
}
