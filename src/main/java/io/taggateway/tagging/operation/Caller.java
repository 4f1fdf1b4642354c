package io.taggateway.tagging.operation;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The caller of an operation.
 *
 * @param tenant the name of the tenant that the caller belongs to; null for the default tenant
 * @param scopes the scopes of the caller, a subset of {@link #ALL_SCOPES}
 * @param expiresAt when the credential of the caller expires; null if it does not
 */
public record Caller(
        String name,
        @Nullable String tenant,
        Set<String> scopes,
        @Nullable Instant expiresAt) {

    /** The scopes that the schema and the endpoints require. */
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

    /** The caller if callers do not authenticate; it has all scopes. */
    public static final Caller ANYONE = new Caller("anyone", null, ALL_SCOPES, null);

    /** Creates a caller with a copy of the scopes. */
    public Caller {
        scopes = Set.copyOf(scopes);
    }
}
