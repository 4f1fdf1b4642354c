package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourceFault;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSourceContract;
import org.junit.jupiter.api.AfterEach;

/** Tests that Swipe One's tags conform to the contract of the port. */
class SwipeOneTagSourceContractTests extends TagSourceContract {

    private final SwipeOneFixture fixture = new SwipeOneFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected TagSource source() {
        return fixture.tags();
    }

    @Override
    protected int size() {
        return 12;
    }

    @Override
    protected String knownId() {
        return SourceAssertions.require(fixture.tags().list()).tags().getLast().remoteId();
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        fixture.breakDown(breakdown);
    }

    @Override
    protected void removeFaults() {
        fixture.vendor().removeFaults();
    }
}
