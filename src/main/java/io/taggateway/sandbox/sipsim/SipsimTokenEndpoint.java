package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** SIPSIM's token endpoint, and the check of the tokens that it issued. */
final class SipsimTokenEndpoint {

    private final SipsimStore store;
    private final Map<String, Grant> grants = new HashMap<>();
    private long issued;

    SipsimTokenEndpoint(SipsimStore store) {
        this.store = store;
    }

    /** The scopes and the expiry of an issued token. */
    private record Grant(Instant expiry, Set<String> scopes) {}

    SandboxReply issue(SandboxRequest request, List<String> ids) {
        if (!"client_credentials".equals(request.formField("grant_type"))) {
            return error(400, "unsupported_grant_type", "Only client_credentials is supported");
        }
        boolean known = SipsimOptions.CLIENT_ID.equals(request.formField("client_id"))
                && SipsimOptions.CLIENT_SECRET.equals(request.formField("client_secret"));
        if (!known) {
            return error(401, "invalid_client", "Client authentication failed");
        }
        Set<String> scopes = new TreeSet<>(store.options().scopes());
        String asked = request.formField("scope");
        if (asked != null && !asked.isBlank()) {
            scopes.retainAll(List.of(asked.split(" ", -1)));
        }
        return grant(scopes);
    }

    /** Rejects a request with 401, or with 403 if its token lacks the scope. */
    void check(SandboxRequest request, String scope) {
        Set<String> scopes = scopesOf(request.header("Authorization"));
        if (scopes == null) {
            throw new RejectedException(401, "Unauthorized");
        }
        if (!scopes.contains(scope)) {
            throw new RejectedException(403, "Missing scope: " + scope);
        }
    }

    void reset() {
        grants.clear();
    }

    private @Nullable Set<String> scopesOf(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        String token = authorization.substring(7).strip();
        if (token.equals(SipsimOptions.ACCESS_TOKEN)) {
            return store.options().scopes();
        }
        Grant grant = grants.get(token);
        return grant != null && store.now().isBefore(grant.expiry()) ? grant.scopes() : null;
    }

    private SandboxReply grant(Set<String> scopes) {
        issued++;
        String token = "sandbox-token-" + issued;
        Instant now = store.now();
        grants.values().removeIf(grant -> !now.isBefore(grant.expiry()));
        grants.put(token, new Grant(now.plus(store.options().tokenLife()), Set.copyOf(scopes)));
        return SandboxReply.json(
                200,
                SandboxJson.object()
                        .put("access_token", token)
                        .put("token_type", "Bearer")
                        .put("expires_in", store.options().tokenLife().toSeconds())
                        .put("scope", String.join(" ", scopes))
                        .put("created_at", now.getEpochSecond()));
    }

    private static SandboxReply error(int status, String code, String description) {
        return SandboxReply.json(status, SandboxJson.object().put("error", code).put("error_description", description));
    }
}
