package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.source.SourceFault;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSourceContract;
import org.junit.jupiter.api.AfterEach;

/** Tests that SIPSIM's tags conform to the contract of the port. */
class SipsimTagSourceContractTests extends TagSourceContract {

    private final SipsimFixture fixture = new SipsimFixture();

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
        return 14;
    }

    @Override
    protected String knownId() {
        return "1";
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
