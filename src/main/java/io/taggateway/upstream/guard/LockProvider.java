package io.taggateway.upstream.guard;

import io.taggateway.tagging.model.Vendor;

/** Provides the locks of accounts. */
public interface LockProvider {

    /** Locks of this gateway alone. */
    LockProvider LOCAL = (vendor, purpose) -> new LocalKeyedLock(vendor);

    /**
     * The lock of one account.
     *
     * @param purpose distinguishes the locks of an account, such as {@code contact}
     */
    KeyedLock lock(Vendor vendor, String purpose);
}
