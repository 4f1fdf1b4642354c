package io.taggateway.vendor.swipeone;

import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import io.taggateway.sandbox.swipeone.SwipeOneOptions.ListEnd;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.Breakdown;
import io.taggateway.tagging.source.ContactSource;
import io.taggateway.tagging.source.ContactSourceContract;
import io.taggateway.tagging.source.Failures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that Swipe One's contacts conform to the contract of the port, with each form of a list's end. */
@ParameterizedClass
@EnumSource
@SlowTest
class SwipeOneContactSourceContractTests extends ContactSourceContract {

    private final SwipeOneStand stand = new SwipeOneStand();

    SwipeOneContactSourceContractTests(ListEnd listEnd) {
        stand.vendor().options(SwipeOneOptions.defaults().withListEnd(listEnd));
    }

    @AfterEach
    void close() {
        stand.close();
    }

    @Override
    protected ContactSource source() {
        return stand.contacts();
    }

    @Override
    protected int size() {
        return 150;
    }

    @Override
    protected Tag tag() {
        return Failures.require(stand.tags().list()).tags().getFirst();
    }

    @Override
    protected void breakDown(Breakdown breakdown) {
        stand.breakDown(breakdown);
    }
}
