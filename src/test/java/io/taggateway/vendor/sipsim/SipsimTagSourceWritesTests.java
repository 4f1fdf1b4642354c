package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.source.SourceFault;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSourceWritesContract;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** Tests that SIPSIM's tags conform to the contract of the port for writes. */
class SipsimTagSourceWritesTests extends TagSourceWritesContract {

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
    protected Set<Capability> capabilities() {
        return SipsimAccountFactory.SUPPORTED;
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        fixture.breakDown(breakdown);
    }
}
