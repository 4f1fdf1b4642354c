package io.taggateway.vendor.swipeone;

import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import io.taggateway.sandbox.swipeone.SwipeOneOptions.ListEnd;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.ContactSource;
import io.taggateway.tagging.source.ContactSourceContract;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourceFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that Swipe One's contacts conform to the contract of the port, with each form of a list's end. */
@ParameterizedClass
@EnumSource
@SlowTest
class SwipeOneContactSourceContractTests extends ContactSourceContract {

    private final SwipeOneFixture fixture = new SwipeOneFixture();

    SwipeOneContactSourceContractTests(ListEnd listEnd) {
        fixture.vendor().options(SwipeOneOptions.defaults().withListEnd(listEnd));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected ContactSource source() {
        return fixture.contacts();
    }

    @Override
    protected int size() {
        return 150;
    }

    @Override
    protected Tag tag() {
        return SourceAssertions.require(fixture.tags().list()).tags().getFirst();
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        fixture.breakDown(breakdown);
    }
}
