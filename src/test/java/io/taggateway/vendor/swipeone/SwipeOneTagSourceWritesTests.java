package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.source.Breakdown;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSourceWritesContract;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** Swipe One's tags keep the port's promises about writes. */
class SwipeOneTagSourceWritesTests extends TagSourceWritesContract {

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
    protected Set<Capability> capabilities() {
        return SwipeOneAccountFactory.SUPPORTED;
    }

    @Override
    protected void breakDown(Breakdown breakdown) {
        stand.breakDown(breakdown);
    }
}
