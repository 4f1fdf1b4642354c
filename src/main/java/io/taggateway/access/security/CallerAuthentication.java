package io.taggateway.access.security;

import io.taggateway.tagging.operation.Caller;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** The authentication of a caller: the principal is the caller, and the authorities are its scopes. */
public final class CallerAuthentication extends AbstractAuthenticationToken {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;

    CallerAuthentication(Caller caller) {
        super(caller.scopes().stream().map(SimpleGrantedAuthority::new).toList());
        this.caller = caller;
        setAuthenticated(true);
    }

    /**
     * The caller that something is done for; where callers do not authenticate, it is {@link Caller#ANYONE}.
     *
     * @return an error if none is known, as no request gets past the security filter without one
     */
    public static Mono<Caller> current() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(context -> context.getAuthentication())
                .ofType(CallerAuthentication.class)
                .map(CallerAuthentication::getPrincipal)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("No caller in Reactor's context")));
    }

    /** A context in which things are done for a caller. */
    public static Context of(Caller caller) {
        return ReactiveSecurityContextHolder.withAuthentication(new CallerAuthentication(caller));
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    /** Credentials are not kept. */
    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication authentication && caller.equals(authentication.caller);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(caller);
    }
}
