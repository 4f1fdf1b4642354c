package io.taggateway.access.security;

import io.taggateway.access.limits.LimitsProperties.Allowance;
import io.taggateway.tagging.operation.Caller;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API keys that are valid now, by their digests. */
public final class ApiKeyRegistry {

    private volatile Map<CredentialDigest, CallerAuthentication> keys = Map.of();
    private volatile Map<String, Allowance> allowances = Map.of();
    private volatile Set<String> names = Set.of();

    /** The caller with a key; null if the key is unknown. It may have expired. */
    @Nullable
    CallerAuthentication find(String key) {
        return keys.get(CredentialDigest.of(key));
    }

    /** The quota of a caller; null if it has none of its own. */
    public @Nullable Allowance findAllowance(String caller) {
        return allowances.get(caller);
    }

    /**
     * Replaces all keys. Keys that are no longer present, or whose caller has changed, are revoked.
     *
     * @param callers the keys by the names of their callers
     * @throws IllegalArgumentException if two callers have the same key
     */
    void replace(Map<String, ApiKeyProperties> callers) {
        Map<CredentialDigest, CallerAuthentication> before = keys;
        Map<CredentialDigest, CallerAuthentication> after = new HashMap<>();
        callers.forEach((name, properties) -> {
            Caller caller = new Caller(name, properties.tenant(), properties.scopes(), properties.expiresAt());
            for (String hex : properties.sha256()) {
                CredentialDigest digest = CredentialDigest.ofHex(hex);
                if (after.put(digest, kept(before.get(digest), caller)) != null) {
                    throw new IllegalArgumentException("The API key of '" + name + "' belongs to another caller too");
                }
            }
        });
        keys = after;
        allowances = allowances(callers);
        names = Set.copyOf(callers.keySet());
        before.forEach((digest, authentication) -> {
            if (!authentication.equals(after.get(digest))) {
                authentication.withdraw();
            }
        });
    }

    private static Map<String, Allowance> allowances(Map<String, ApiKeyProperties> callers) {
        Map<String, Allowance> own = new HashMap<>();
        callers.forEach((name, properties) -> {
            if (properties.requestsPerMinute() != null || properties.costPerMinute() != null) {
                own.put(name, new Allowance(properties.requestsPerMinute(), properties.costPerMinute()));
            }
        });
        return Map.copyOf(own);
    }

    private static CallerAuthentication kept(@Nullable CallerAuthentication before, Caller caller) {
        return before != null && before.getPrincipal().equals(caller) ? before : new CallerAuthentication(caller);
    }

    /** Whether a caller has an API key. */
    public boolean hasName(String caller) {
        return names.contains(caller);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Adds callers. The names must not exist yet. */
    static Map<String, ApiKeyProperties> merged(
            Map<String, ApiKeyProperties> some, Map<String, ApiKeyProperties> others) {
        Map<String, ApiKeyProperties> all = new LinkedHashMap<>(some);
        others.forEach((name, properties) -> {
            if (all.put(name, properties) != null) {
                throw new IllegalArgumentException("There are two API keys with the name '" + name + "'");
            }
        });
        return all;
    }
}
