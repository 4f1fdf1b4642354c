package io.taggateway.vendor.sipsim;

import io.taggateway.sandbox.Fault;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.Breakdown;
import io.taggateway.tagging.source.Failures;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagAssignmentsContract;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;

/** Tests that assignments to SIPSIM's calls conform to the contract of the port. */
class SipsimTagAssignmentsTests extends TagAssignmentsContract {

    private static final String UNTAGGED = "100400";

    private final SipsimStand stand = new SipsimStand();
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
        Call call = Failures.require(stand.calls().findAfresh(UNTAGGED));
        return Objects.requireNonNull(call.embeddedTags()).stream()
                .map(Tag::remoteId)
                .toList();
    }

    @Override
    protected void breakDown(Breakdown breakdown) {
        stand.breakDown(breakdown);
    }

    @Override
    protected void breakWrites() {
        stand.vendor().fail(Fault.status(503).on("PUT", ""));
        stand.vendor().fail(Fault.status(503).on("DELETE", ""));
    }
}
