package io.taggateway.vendor.swipeone;

import io.taggateway.sandbox.Fault;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.Breakdown;
import io.taggateway.tagging.source.Failures;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagAssignmentsContract;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;

/** The tags on Swipe One's contacts keep the promises of the port. */
class SwipeOneTagAssignmentsTests extends TagAssignmentsContract {

    private static final String UNTAGGED = "6682840d9286aa59ee001000";

    private final SwipeOneStand stand = new SwipeOneStand();
    private final List<Tag> tags = Failures.require(stand.tags().list()).tags();

    @AfterEach
    void close() {
        stand.close();
    }

    @Override
    protected TagAssignments assignments() {
        return stand.assignments();
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
        Contact contact = Failures.require(stand.contacts().findAfresh(UNTAGGED));
        return Objects.requireNonNull(contact.tagKeys()).stream()
                .map(key -> tags.stream()
                        .filter(tag -> key.equals(tag.remoteKey()))
                        .findFirst()
                        .orElseThrow()
                        .remoteId())
                .toList();
    }

    @Override
    protected void breakDown(Breakdown breakdown) {
        stand.breakDown(breakdown);
    }

    @Override
    protected void breakWrites() {
        stand.vendor().fail(Fault.status(503).on("POST", ""));
    }
}
