package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import java.util.List;
import java.util.stream.Stream;

/** Tests that the fake conforms to the contract of the port. */
class InMemoryTagAssignmentsTests extends TagAssignmentsContract {

    private final InMemoryTagAssignments assignments =
            new InMemoryTagAssignments(Vendor.SIPSIM).with(SampleFactory.call(Vendor.SIPSIM, "1"));

    @Override
    protected TagAssignments assignments() {
        return assignments;
    }

    @Override
    protected List<Tag> tags() {
        return Stream.of("1", "2", "3", "4")
                .map(id -> SampleFactory.tag(Vendor.SIPSIM, id, "Tag " + id))
                .toList();
    }

    @Override
    protected String subjectId() {
        return "1";
    }

    @Override
    protected List<String> held() {
        return assignments.tags("1").stream().map(Tag::remoteId).toList();
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        assignments.fail(breakdown.reason());
    }

    @Override
    protected void breakWrites() {
        assignments.failWrites();
    }
}
