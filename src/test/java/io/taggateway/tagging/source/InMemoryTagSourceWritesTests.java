package io.taggateway.tagging.source;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Vendor;
import java.util.Set;

/** Tests that the fake conforms to the contract of the port for writes. */
class InMemoryTagSourceWritesTests extends TagSourceWritesContract {

    private final InMemoryTagSource source = new InMemoryTagSource(Vendor.SIPSIM, new SettableClock(SampleFactory.NOON))
            .with(
                    SampleFactory.described(Vendor.SIPSIM, "1", "VIP", "Goes first"),
                    SampleFactory.tag(Vendor.SIPSIM, "2", "Spam"));

    @Override
    protected TagSource source() {
        return source;
    }

    @Override
    protected Set<Capability> capabilities() {
        return Set.of(Capability.TAG_DESCRIPTION, Capability.DELETE_TAG);
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        source.fail(breakdown.reason());
    }
}
