package io.taggateway.vendor.swipeone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.sandbox.Fault;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.SourceFault;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.source.TagSourceWritesContract;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that Swipe One's tags conform to the contract of the port for writes. */
class SwipeOneTagSourceWritesTests extends TagSourceWritesContract {

    private final SwipeOneFixture fixture = new SwipeOneFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected TagSource source() {
        return fixture.tags();
    }

    @Override
    protected Set<Capability> capabilities() {
        return SwipeOneAccountFactory.SUPPORTED;
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        fixture.breakDown(breakdown);
    }

    @Test
    void createdTagIsReturnedWhenItsCallerDisconnects() {
        fixture.vendor().fail(Fault.slow(Duration.ofMillis(300)).on("POST", ""));
        OperationContext operation = TestOperation.begin();
        CompletableFuture<@Nullable Tag> created = source().create(new TagDraft("Left", null, null))
                .contextWrite(operation::in)
                .toFuture();
        await().until(() -> fixture.vendor().requests().stream()
                .anyMatch(request -> request.method().equals("POST")));
        operation.cancellation().cancel();
        await().until(created::isDone);
        assertThat(created.join()).extracting(Tag::name).isEqualTo("Left");
    }
}
