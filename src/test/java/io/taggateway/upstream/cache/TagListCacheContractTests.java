package io.taggateway.upstream.cache;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.Breakdown;
import io.taggateway.tagging.source.InMemoryTagSource;
import io.taggateway.tagging.source.Samples;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSourceContract;
import io.taggateway.upstream.http.UpstreamKit;
import org.junit.jupiter.api.AfterEach;

/** Tests that the cache conforms to the contract of the port. */
class TagListCacheContractTests extends TagSourceContract {

    private final SettableClock clock = new SettableClock(Samples.NOON);
    private final UpstreamKit kit = new UpstreamKit(clock);
    private final InMemoryTagSource vendorSource = new InMemoryTagSource(Vendor.SWIPEONE, clock)
            .with(Samples.tag(Vendor.SWIPEONE, "1", "VIP"), Samples.tag(Vendor.SWIPEONE, "2", "Spam"));
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
    protected void breakDown(Breakdown breakdown) {
        vendorSource.fail(breakdown.reason());
    }

    @Override
    protected void heal() {
        vendorSource.fail(null);
    }
}
