package io.taggateway.sandbox.sipsim;

import java.util.Set;

/**
 * What played SIPSIM lets in.
 *
 * @param accessToken a bearer token that never expires
 * @param clientId of the client credentials at the token endpoint
 * @param clientSecret of the client credentials at the token endpoint
 * @param scopes what both kinds of token may do
 */
public record SipsimKeys(String accessToken, String clientId, String clientSecret, Set<String> scopes) {

    public SipsimKeys {
        scopes = Set.copyOf(scopes);
    }
}
