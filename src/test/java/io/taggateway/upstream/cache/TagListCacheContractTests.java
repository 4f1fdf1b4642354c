package io.taggateway.upstream.cache;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.InMemoryTagSource;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceFault;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSourceContract;
import io.taggateway.upstream.http.UpstreamFixture;
import org.junit.jupiter.api.AfterEach;

/** Tests that the cache conforms to the contract of the port. */
class TagListCacheContractTests extends TagSourceContract {

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final UpstreamFixture kit = new UpstreamFixture(clock);
    private final InMemoryTagSource vendorSource = new InMemoryTagSource(Vendor.SWIPEONE, clock)
            .with(SampleFactory.tag(Vendor.SWIPEONE, "1", "VIP"), SampleFactory.tag(Vendor.SWIPEONE, "2", "Spam"));
    private final TagSource source = kit.caching(vendorSource);

    @AfterEach
    void close() {
        kit.close();
    }

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
        vendorSource.fail(breakdown.reason());
    }

    @Override
    protected void removeFaults() {
        vendorSource.fail(null);
    }
}
