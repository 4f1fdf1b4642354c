package io.taggateway.access.security;

import io.taggateway.tagging.operation.Caller;
import java.io.Serial;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * The authentication of a caller: the principal is the caller, and the authorities are its scopes. One instance is
 * created for each credential and shared by all of its requests.
 */
public final class CallerAuthentication extends AbstractAuthenticationToken {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The longest time that a connection can last. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final transient Caller caller;
    private final transient Context context;
    private final transient Sinks.Empty<Void> withdrawal = Sinks.empty();

    CallerAuthentication(Caller caller) {
        super(caller.scopes().stream().map(SimpleGrantedAuthority::new).toList());
        this.caller = caller;
        setAuthenticated(true);
        this.context = ReactiveSecurityContextHolder.withAuthentication(this);
    }

    /**
     * The current caller; {@link Caller#ANYONE} if callers do not authenticate.
     *
     * @return an error if there is none, as no request passes the security filter without one
     */
    public static Mono<Caller> current() {
        return find().map(CallerAuthentication::getPrincipal)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("No caller in Reactor's context")));
    }

    /** The authentication in Reactor's context; empty if there is none. */
    public static Mono<CallerAuthentication> find() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .ofType(CallerAuthentication.class);
    }

    /** A context with a caller. */
    public static Context of(Caller caller) {
        return new CallerAuthentication(caller).context();
    }

    /** A context with this caller. */
    public Context context() {
        return context;
    }

    /** Whether the credential has expired. */
    boolean isExpired(Clock clock) {
        Instant end = caller.expiresAt();
        return end != null && !clock.instant().isBefore(end);
    }

    /** The time until the credential expires. */
    Duration remaining(Clock clock) {
        Instant end = caller.expiresAt();
        Duration left = end == null ? LONGEST : Duration.between(clock.instant(), end);
        return left.compareTo(LONGEST) > 0 ? LONGEST : left;
    }

    /** Completes when the credential expires or is revoked, which ends WebSockets and event streams. */
    public Mono<Void> end(Clock clock) {
        return caller.expiresAt() == null
                ? withdrawal.asMono()
                : Mono.firstWithSignal(Mono.delay(remaining(clock)).then(), withdrawal.asMono());
    }

    /** Ends the connections of this credential, which is no longer valid. */
    void withdraw() {
        withdrawal.tryEmitEmpty();
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    /** Credentials are not stored. */
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
