package io.taggateway.upstream.guard;

import io.taggateway.tagging.model.Vendor;

class LocalKeyedLockContractTests extends KeyedLockContract {

    private final KeyedLock lock = new LocalKeyedLock(Vendor.SWIPEONE);

    @Override
    protected KeyedLock lock(int replica) {
        return lock;
    }
}
