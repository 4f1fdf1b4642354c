package io.taggateway.access.http;

import io.taggateway.access.security.SecurityProperties;
import io.taggateway.access.security.StartupSecurityCheck;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Finds requests to a host name that is not the gateway's, where it has real credentials and callers do not
 * authenticate: a page could have its own name resolve to this address, and read everything (DNS rebinding).
 */
@Component
public final class HostCheck {

    private final SecurityProperties security;
    private final boolean required;

    HostCheck(SecurityProperties security, StartupSecurityCheck check) {
        this.security = security;
        this.required = !security.authenticates() && check.hasRealCredentials();
    }

    /** Whether a request has to be refused. */
    public boolean refuses(ServerHttpRequest request) {
        return required && !security.isOwnHost(request.getURI().getHost());
    }
}
