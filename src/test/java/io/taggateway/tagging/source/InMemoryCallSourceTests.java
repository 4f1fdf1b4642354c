package io.taggateway.tagging.source;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Tests that the fake conforms to the contract of the port. */
class InMemoryCallSourceTests extends CallSourceContract {

    private static final List<CallType> TYPES =
            List.of(CallType.INBOUND, CallType.OUTGOING, CallType.MISSED, CallType.VOICEMAIL);

    private final InMemoryCallSource source = new InMemoryCallSource(
                    Vendor.SIPSIM, new SettableClock(SampleFactory.NOON))
            .with(IntStream.range(0, 120)
                    .mapToObj(InMemoryCallSourceTests::call)
                    .toArray(Call[]::new));

    InMemoryCallSourceTests() {
        source.assign("call_3", "101");
    }

    @Override
    protected CallSource source() {
        return source;
    }

    @Override
    protected Instant beginning() {
        return SampleFactory.NOON.minus(Duration.ofDays(1));
    }

    @Override
    protected int size() {
        return 120;
    }

    @Override
    protected String employeeId() {
        return "101";
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        source.fail(breakdown.reason());
    }

    private static Call call(int index) {
        CallType type = TYPES.get(index % TYPES.size());
        List<Tag> tags = index % 3 == 0
                ? List.of()
                : List.of(SampleFactory.embedded(Vendor.SIPSIM, "" + index % 5, "Tag " + index % 5));
        String caller = "+33199001" + index % 7;
        return new Call(
                Vendor.SIPSIM,
                "call_" + index,
                type,
                caller,
                "+331990020",
                SampleFactory.NOON.minusSeconds(index),
                60,
                tags);
    }
}
