package io.taggateway.access.security;

import io.taggateway.tagging.operation.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Decides by the headers of a request who the caller is. No other class reads credentials. */
@Component
public final class CallerResolver {

    /** The header of API keys. */
    public static final String API_KEY = "X-API-Key";

    static final CallerAuthentication ANYONE = new CallerAuthentication(Caller.ANYONE);

    private final Set<SecurityMode> modes;
    private final ApiKeyRegistry keys;
    private final Clock clock;
    private final Mono<CallerAuthentication> missing;

    CallerResolver(SecurityProperties properties, ApiKeyRegistry keys, Clock clock) {
        this.modes = properties.authenticates() ? properties.modes() : Set.of();
        this.keys = keys;
        this.clock = clock;
        this.missing = rejection(missingCredential());
    }

    /**
     * The caller of a request, which is {@link Caller#ANYONE} where callers do not authenticate.
     *
     * @return a {@link CallerRejectedException} if the credential is missing, or is not valid
     */
    public Mono<CallerAuthentication> resolve(HttpHeaders headers) {
        if (modes.isEmpty()) {
            return Mono.just(ANYONE);
        }
        List<String> presented = modes.contains(SecurityMode.API_KEY) ? headers.getOrEmpty(API_KEY) : List.of();
        return switch (presented.size()) {
            case 0 -> missing;
            case 1 -> ofKey(presented.getFirst());
            default -> rejection("Send one credential only.");
        };
    }

    /** Whether a request has anything by which its caller could be known. */
    public boolean hasCredential(HttpHeaders headers) {
        return modes.isEmpty() || headers.containsHeader(API_KEY);
    }

    private Mono<CallerAuthentication> ofKey(String key) {
        CallerAuthentication found = keys.find(key);
        if (found == null) {
            return rejection("The API key is not known.");
        }
        return found.isExpired(clock) ? rejection("The API key has expired.") : Mono.just(found);
    }

    private String missingCredential() {
        return "Send an API key in the header `X-API-Key`.";
    }

    private Mono<CallerAuthentication> rejection(String message) {
        return Mono.error(() -> CallerRejectedException.unauthenticated(message, challenge()));
    }

    private String challenge() {
        return "ApiKey realm=\"tag-gateway\"";
    }
}
