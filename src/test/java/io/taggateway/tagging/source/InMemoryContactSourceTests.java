package io.taggateway.tagging.source;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import java.util.List;
import java.util.stream.IntStream;

/** Tests that the fake conforms to the contract of the port. */
class InMemoryContactSourceTests extends ContactSourceContract {

    private final InMemoryContactSource source = new InMemoryContactSource(
                    Vendor.SWIPEONE, new SettableClock(SampleFactory.NOON))
            .with(IntStream.range(0, 40)
                    .mapToObj(InMemoryContactSourceTests::contact)
                    .toArray(Contact[]::new))
            .withTag("t1", "vip");

    @Override
    protected ContactSource source() {
        return source;
    }

    @Override
    protected int size() {
        return 40;
    }

    @Override
    protected Tag tag() {
        return SampleFactory.keyed(Vendor.SWIPEONE, "t1", "VIP", "vip");
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        source.fail(breakdown.reason());
    }

    private static Contact contact(int index) {
        String phone = index % 2 == 0 ? null : "+33199001" + index;
        return SampleFactory.contact(
                Vendor.SWIPEONE, "c" + index, "Person " + index, phone, List.of(index % 4 == 0 ? "vip" : "other"));
    }
}
