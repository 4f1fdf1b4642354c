package io.taggateway.access.cache;

import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.Caller;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cache key of a response: the tenant and the scopes of the caller, the form of the response, and the bytes of the
 * request.
 */
public final class RequestKey {

    private final Caller caller;
    private final Tenant tenant;
    private final Set<String> scopes;
    private final Object form;
    private final byte[] bytes;
    private final int hash;

    /**
     * The key of a request.
     *
     * @param form what else the response depends on, such as the method and the media type; must implement
     *     {@code equals}
     * @param bytes the query string or the decompressed body, which must not change
     */
    public RequestKey(Caller caller, Object form, byte[] bytes) {
        this.caller = caller;
        this.tenant = Tenant.of(caller.tenant());
        this.scopes = caller.scopes();
        this.form = form;
        this.bytes = bytes;
        this.hash = Objects.hash(tenant, scopes, form) * 31 + Arrays.hashCode(bytes);
    }

    /** The caller of the request, which is not part of the key. */
    public Caller caller() {
        return caller;
    }

    int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestKey key
                && hash == key.hash
                && Arrays.equals(bytes, key.bytes)
                && form.equals(key.form)
                && tenant.equals(key.tenant)
                && scopes.equals(key.scopes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
