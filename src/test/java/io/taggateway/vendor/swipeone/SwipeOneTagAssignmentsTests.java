package io.taggateway.vendor.swipeone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.sandbox.Fault;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourceFault;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import io.taggateway.tagging.source.TagAssignments.TagSetChange;
import io.taggateway.tagging.source.TagAssignmentsContract;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that assignments to Swipe One's contacts conform to the contract of the port. */
class SwipeOneTagAssignmentsTests extends TagAssignmentsContract {

    private static final String UNTAGGED = "6682840d9286aa59ee001000";

    private final SwipeOneFixture fixture = new SwipeOneFixture();
    private final List<Tag> tags =
            SourceAssertions.require(fixture.tags().list()).tags();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected TagAssignments assignments() {
        return fixture.assignments();
    }

    @Override
    protected List<Tag> tags() {
        return tags;
    }

    @Override
    protected String subjectId() {
        return UNTAGGED;
    }

    @Override
    protected List<String> held() {
        Contact contact = SourceAssertions.require(fixture.contacts().reader().findUncached(UNTAGGED));
        return Objects.requireNonNull(contact.tagKeys()).stream()
                .map(key -> tags.stream()
                        .filter(tag -> key.equals(tag.remoteKey()))
                        .findFirst()
                        .orElseThrow()
                        .remoteId())
                .toList();
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        fixture.breakDown(breakdown);
    }

    @Override
    protected void breakWrites() {
        fixture.vendor().fail(Fault.status(503).on("POST", ""));
    }

    @Test
    void writeIsPostedOnceAndVerifiedWhenTheCallerDisconnects() {
        fixture.vendor().clearRequests();
        fixture.vendor().fail(Fault.slow(Duration.ofMillis(300)).on("POST", ""));
        OperationContext operation = TestOperation.begin();
        CompletableFuture<@Nullable Assignment> written = assignments()
                .change(UNTAGGED, null, TagSetChange.add(List.of(tags.getFirst())), false)
                .contextWrite(operation::in)
                .toFuture();
        await().until(() -> posts() == 1);
        operation.cancellation().cancel();
        await().until(written::isDone);
        assertThat(Objects.requireNonNull(written.join()).added()).containsExactly(tags.getFirst());
        assertThat(posts()).isEqualTo(1);
        assertThat(held()).containsExactly(tags.getFirst().remoteId());
    }

    private long posts() {
        return fixture.vendor().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .count();
    }
}
