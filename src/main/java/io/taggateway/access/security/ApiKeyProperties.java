package io.taggateway.access.security;

import io.taggateway.tagging.operation.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * The API keys of one caller.
 *
 * @param sha256 the SHA-256 digests of the keys in hex; with several, a key can be replaced while the old one is valid
 * @param tenant the tenant of the caller; null for the default tenant
 * @param scopes the scopes of the caller
 * @param expiresAt when the keys expire; null if they do not
 * @param requestsPerMinute the limit of the caller; null for that of all callers
 * @param costPerMinute the limit of the caller; null for that of all callers
 */
public record ApiKeyProperties(
        @DefaultValue List<String> sha256,
        @Nullable String tenant,
        @DefaultValue Set<String> scopes,
        @Nullable Instant expiresAt,
        @Nullable Integer requestsPerMinute,
        @Nullable Integer costPerMinute) {

    /** Checks that there is a key, and that the scopes are known. */
    public ApiKeyProperties {
        if (sha256.isEmpty()) {
            throw new IllegalArgumentException("An API key has no sha256");
        }
        sha256.forEach(CredentialDigest::ofHex);
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("An API key has no scopes");
        }
        for (String scope : scopes) {
            if (!Caller.ALL_SCOPES.contains(scope)) {
                throw new IllegalArgumentException("An API key has the scope '" + scope + "', which is none of "
                        + new TreeSet<>(Caller.ALL_SCOPES));
            }
        }
        tenant = StringUtils.hasText(tenant) ? tenant : null;
    }

    /** The keys of an entry of {@code GATEWAY_API_KEYS}, without the name before {@code =}. */
    static ApiKeyProperties parse(String entry) {
        int colon = entry.indexOf(':');
        String digest = colon < 0 ? entry : entry.substring(0, colon);
        String scopes = colon < 0 ? "" : entry.substring(colon + 1);
        return new ApiKeyProperties(
                List.of(digest), null, Set.of(StringUtils.tokenizeToStringArray(scopes, "+")), null, null, null);
    }
}
