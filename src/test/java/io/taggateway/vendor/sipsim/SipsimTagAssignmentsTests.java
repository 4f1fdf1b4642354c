package io.taggateway.vendor.sipsim;

import io.taggateway.sandbox.Fault;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourceFault;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagAssignmentsContract;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;

/** Tests that assignments to SIPSIM's calls conform to the contract of the port. */
class SipsimTagAssignmentsTests extends TagAssignmentsContract {

    private static final String UNTAGGED = "100400";

    private final SipsimFixture fixture = new SipsimFixture();
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
        Call call = SourceAssertions.require(fixture.calls().findUncached(UNTAGGED));
        return Objects.requireNonNull(call.embeddedTags()).stream()
                .map(Tag::remoteId)
                .toList();
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        fixture.breakDown(breakdown);
    }

    @Override
    protected void breakWrites() {
        fixture.vendor().fail(Fault.status(503).on("PUT", ""));
        fixture.vendor().fail(Fault.status(503).on("DELETE", ""));
    }
}
