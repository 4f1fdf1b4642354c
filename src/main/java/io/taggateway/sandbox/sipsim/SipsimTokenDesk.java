package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.FormFields;
import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.RejectedException;
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
final class SipsimTokenDesk {

    private final SipsimStage stage;
    private final Map<String, Grant> grants = new HashMap<>();
    private long issued;

    SipsimTokenDesk(SipsimStage stage) {
        this.stage = stage;
    }

    /** What one issued token may do, and until when. */
    private record Grant(Instant expiry, Set<String> scopes) {}

    SandboxReply issue(SandboxRequest request) {
        Map<String, String> form = FormFields.parse(request.body());
        SipsimKeys keys = stage.options().keys();
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return error(400, "unsupported_grant_type", "Only client_credentials is supported");
        }
        if (!keys.clientId().equals(form.get("client_id"))
                || !keys.clientSecret().equals(form.get("client_secret"))) {
            return error(401, "invalid_client", "Client authentication failed");
        }
        Set<String> scopes = new TreeSet<>(keys.scopes());
        String asked = form.get("scope");
        if (asked != null && !asked.isBlank()) {
            scopes.retainAll(List.of(asked.split(" ", -1)));
        }
        return granted(scopes);
    }

    /** Lets a request through, or rejects it with 401 or, lacking the scope, with 403. */
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
        SipsimKeys keys = stage.options().keys();
        if (token.equals(keys.accessToken())) {
            return keys.scopes();
        }
        Grant grant = grants.get(token);
        return grant != null && stage.now().isBefore(grant.expiry()) ? grant.scopes() : null;
    }

    private SandboxReply granted(Set<String> scopes) {
        issued++;
        String token = "sandbox-token-" + issued;
        Instant now = stage.now();
        grants.values().removeIf(grant -> !now.isBefore(grant.expiry()));
        grants.put(token, new Grant(now.plus(stage.options().tokenLife()), Set.copyOf(scopes)));
        return SandboxReply.json(
                200,
                JsonTrees.object()
                        .put("access_token", token)
                        .put("token_type", "Bearer")
                        .put("expires_in", stage.options().tokenLife().toSeconds())
                        .put("scope", String.join(" ", scopes))
                        .put("created_at", now.getEpochSecond()));
    }

    private static SandboxReply error(int status, String code, String description) {
        return SandboxReply.json(status, JsonTrees.object().put("error", code).put("error_description", description));
    }
}
