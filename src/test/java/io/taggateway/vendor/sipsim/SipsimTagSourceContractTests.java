package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.source.Breakdown;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSourceContract;
import org.junit.jupiter.api.AfterEach;

/** Tests that SIPSIM's tags conform to the contract of the port. */
class SipsimTagSourceContractTests extends TagSourceContract {

    private final SipsimStand stand = new SipsimStand();

    @AfterEach
    void close() {
        stand.close();
    }

    @Override
    protected TagSource source() {
        return stand.tags();
    }

    @Override
    protected int size() {
        return 14;
    }

    @Override
    protected String knownId() {
        return "1";
    }

    @Override
    protected void breakDown(Breakdown breakdown) {
        stand.breakDown(breakdown);
    }

    @Override
    protected void heal() {
        stand.vendor().heal();
    }
}
