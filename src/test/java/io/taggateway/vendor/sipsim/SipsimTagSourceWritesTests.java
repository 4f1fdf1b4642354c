package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.source.Breakdown;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSourceWritesContract;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** Tests that SIPSIM's tags conform to the contract of the port for writes. */
class SipsimTagSourceWritesTests extends TagSourceWritesContract {

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
    protected Set<Capability> capabilities() {
        return SipsimAccountFactory.SUPPORTED;
    }

    @Override
    protected void breakDown(Breakdown breakdown) {
        stand.breakDown(breakdown);
    }
}
