package io.taggateway.access.quota;

class LocalConnectionQuotaTests extends ConnectionQuotaContract {

    private final ConnectionQuota quota = new LocalConnectionQuota();

    @Override
    protected ConnectionQuota quota() {
        return quota;
    }

    @Override
    protected ConnectionQuota other() {
        return quota;
    }
}
