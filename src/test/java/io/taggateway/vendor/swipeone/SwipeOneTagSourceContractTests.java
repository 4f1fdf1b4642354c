package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.source.Breakdown;
import io.taggateway.tagging.source.Failures;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSourceContract;
import org.junit.jupiter.api.AfterEach;

/** Tests that Swipe One's tags conform to the contract of the port. */
class SwipeOneTagSourceContractTests extends TagSourceContract {

    private final SwipeOneStand stand = new SwipeOneStand();

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
        return 12;
    }

    @Override
    protected String knownId() {
        return Failures.require(stand.tags().list()).tags().getLast().remoteId();
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
