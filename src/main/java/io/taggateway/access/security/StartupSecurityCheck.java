package io.taggateway.access.security;

import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.model.StartupException;
import io.taggateway.tagging.source.VendorProfile.Origin;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to start a gateway that unauthenticated callers could use, unless the security mode allows it. */
@Component
public class StartupSecurityCheck implements InitializingBean {

    private final SecurityProperties security;
    private final List<@Nullable InetAddress> addresses = new ArrayList<>();
    private final String live;

    StartupSecurityCheck(
            SecurityProperties security, ServerProperties server, Environment environment, TenantRegistry tenants) {
        this.security = security;
        addresses.add(server.getAddress());
        InetAddress management = environment.getProperty("management.server.address", InetAddress.class);
        if (management != null) {
            addresses.add(management);
        }
        try (Lease lease = tenants.lease()) {
            this.live = lease.directory().profiles().stream()
                    .filter(profile -> profile.origin() == Origin.LIVE)
                    .map(profile -> profile.vendor().displayName())
                    .collect(Collectors.joining(" and "));
        }
    }

    /** Whether the gateway has credentials that are not the sandbox's. */
    public boolean hasRealCredentials() {
        return !live.isEmpty();
    }

    @Override
    public void afterPropertiesSet() {
        if (security.open()) {
            return;
        }
        if (hasRealCredentials()) {
            throw refusal("has real credentials of " + live);
        }
        for (InetAddress address : addresses) {
            if (address == null || !address.isLoopbackAddress()) {
                String place = address == null ? "every address" : address.getHostAddress();
                throw refusal("is to listen on " + place + ", not only on loopback");
            }
        }
    }

    private static StartupException refusal(String cause) {
        return new StartupException("The gateway " + cause
                + ", and anyone who reaches it could use them: set GATEWAY_SECURITY_MODE=none to say that this"
                + " is meant.");
    }
}
