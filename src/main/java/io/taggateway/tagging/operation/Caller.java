package io.taggateway.tagging.operation;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who an operation is for.
 *
 * @param tenant the name of the tenant that the caller belongs to; null for the default tenant
 * @param scopes what the caller may do, of {@link #ALL_SCOPES}
 * @param expiresAt when the credential of the caller expires; null if it does not
 */
public record Caller(
        String name,
        @Nullable String tenant,
        Set<String> scopes,
        @Nullable Instant expiresAt) {

    /** The scopes that the schema and the endpoints ask for. */
    public static final Set<String> ALL_SCOPES = Set.of(
            "tags.read",
            "tags.write",
            "calls.read",
            "calls.tags.write",
            "contacts.read",
            "contacts.tags.write",
            "raw.read",
            "schema.read",
            "admin");

    /** Any caller, where callers do not authenticate: it may do everything. */
    public static final Caller ANYONE = new Caller("anyone", null, ALL_SCOPES, null);

    /** A caller has its own copy of the scopes. */
    public Caller {
        scopes = Set.copyOf(scopes);
    }
}
