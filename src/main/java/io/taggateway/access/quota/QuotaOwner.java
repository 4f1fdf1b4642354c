package io.taggateway.access.quota;

import io.taggateway.tagging.operation.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The caller or tenant whose quota is charged.
 *
 * @param tenant null for the default tenant
 * @param caller null if all callers of the tenant share the quota
 */
public record QuotaOwner(@Nullable String tenant, @Nullable String caller) {

    /** A caller that has a quota of its own. */
    public static QuotaOwner of(Caller caller) {
        return new QuotaOwner(caller.tenant(), caller.name());
    }

    /** Distinguishes those that have a name from those that have none, as it is part of a key in Redis. */
    @Override
    public String toString() {
        return (tenant == null ? "" : '=' + tenant) + '/' + (caller == null ? "" : '=' + caller);
    }
}
