package io.taggateway.tagging.source;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.Vendor;

/** Tests that the fake conforms to the contract of the port. */
class InMemoryTagSourceTests extends TagSourceContract {

    private final InMemoryTagSource source = new InMemoryTagSource(Vendor.SIPSIM, new SettableClock(SampleFactory.NOON))
            .with(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"), SampleFactory.tag(Vendor.SIPSIM, "2", "Spam", "none"));

    @Override
    protected TagSource source() {
        return source;
    }

    @Override
    protected int size() {
        return 2;
    }

    @Override
    protected String knownId() {
        return "1";
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        source.fail(breakdown.reason());
    }

    @Override
    protected void removeFaults() {
        source.fail(null);
    }
}
