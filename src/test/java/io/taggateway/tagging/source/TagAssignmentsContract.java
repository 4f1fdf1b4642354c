package io.taggateway.tagging.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import io.taggateway.tagging.source.TagAssignments.TagSetChange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** The contract of every {@link TagAssignments}. */
public abstract class TagAssignmentsContract {

    protected abstract TagAssignments assignments();

    /** Four tags of the vendor or more. */
    protected abstract List<Tag> tags();

    /** The id of a subject without tags. */
    protected abstract String subjectId();

    /** The remote ids of the subject's tags at the vendor. */
    protected abstract List<String> held();

    /** Makes every request from now on fail. */
    protected abstract void breakDown(SourceFault breakdown);

    /** Makes requests that write fail from now on. */
    protected abstract void breakWrites();

    @Test
    void subjectHasTheTypeOfThePort() {
        Assignment assignment = change(TagSetChange.add(tags(0)));
        assertThat(assignment.subject().vendor()).isEqualTo(assignments().vendor());
        assertThat(assignment.subject().remoteId()).isEqualTo(subjectId());
        assertThat(assignment.subject().id())
                .startsWith(assignments().vendor().prefix() + ":"
                        + assignments().subjectType().word() + ":");
    }

    @Test
    void addedTagsAreAssignedAndReturned() {
        Assignment assignment = change(TagSetChange.add(tags(0, 1)));
        assertDone(assignment, tags(0, 1), List.of());
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids(tags(0, 1)));
    }

    @Test
    void assignedTagsAreNotAddedAgain() {
        change(TagSetChange.add(tags(0, 1)));
        assertDone(change(TagSetChange.add(tags(1, 2))), tags(2), List.of());
        Assignment again = change(TagSetChange.add(tags(0, 1, 2)));
        assertDone(again, List.of(), List.of());
        assertThat(again.changed()).isFalse();
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids(tags(0, 1, 2)));
    }

    @Test
    void duplicatesCountOnce() {
        assertDone(change(TagSetChange.add(tags(0, 0, 0))), tags(0), List.of());
        assertThat(held()).containsExactlyElementsOf(ids(tags(0)));
    }

    @Test
    void removedTagsAreMissingAndOthersRemain() {
        change(TagSetChange.add(tags(0, 1, 2)));
        assertDone(change(TagSetChange.remove(tags(1, 3))), List.of(), tags(1));
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids(tags(0, 2)));
        assertDone(change(TagSetChange.remove(tags(1))), List.of(), List.of());
    }

    @Test
    void setAssignsExactlyTheGivenTags() {
        change(TagSetChange.add(tags(0, 1)));
        assertDone(change(TagSetChange.exactly(tags(1, 2))), tags(2), tags(0));
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids(tags(1, 2)));
    }

    @Test
    void setOfNoTagsRemovesAllTags() {
        change(TagSetChange.add(tags(0, 1)));
        assertDone(change(TagSetChange.exactly(List.of())), List.of(), tags(0, 1));
        assertThat(held()).isEmpty();
    }

    @Test
    void additionsAndRemovalsAreMadeTogether() {
        change(TagSetChange.add(tags(0, 1)));
        assertDone(change(new TagSetChange(tags(2), tags(0), false)), tags(2), tags(0));
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids(tags(1, 2)));
    }

    @Test
    void dryRunReturnsTheSameAndWritesNothing() {
        change(TagSetChange.add(tags(0, 1)));
        List<String> before = held();
        TagSetChange change = TagSetChange.exactly(tags(1, 2, 3));
        Assignment planned = SourceAssertions.require(change(subjectId(), change, true));
        assertDone(planned, tags(2, 3), tags(0));
        assertThat(held()).isEqualTo(before);
        Assignment done = change(change);
        assertThat(ids(done.added())).containsExactlyElementsOf(ids(planned.added()));
        assertThat(ids(done.removed())).containsExactlyElementsOf(ids(planned.removed()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "ffffffffffffffffffffffff", "a/b?c=d#e", "../tags"})
    void nullIsReturnedForAnUnknownId(String id) {
        TestOperation.verify(change(id, TagSetChange.add(tags(0)), false)).verifyComplete();
        TestOperation.verify(change(id, TagSetChange.exactly(List.of()), true)).verifyComplete();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT_THERE")
    void changeFailsWhenItsReadFails(SourceFault breakdown) {
        TagSetChange change = TagSetChange.add(tags(0));
        breakDown(breakdown);
        SourceAssertions.verify(
                change(subjectId(), change, false), assignments().vendor(), breakdown);
    }

    @Test
    void failedWriteIsInTheResponse() {
        List<Tag> tags = tags(0, 1);
        breakWrites();
        Assignment assignment = change(TagSetChange.add(tags));
        assertThat(assignment.failure()).isNotNull();
        assertThat(assignment.added()).isEmpty();
        assertThat(assignment.removed()).isEmpty();
        assertThat(held()).isEmpty();
    }

    @Test
    void changeSucceedsWithoutAWriteWhenNothingChanges() {
        change(TagSetChange.add(tags(0)));
        List<Tag> absent = tags(1);
        breakWrites();
        assertDone(change(TagSetChange.add(tags(0))), List.of(), List.of());
        assertDone(change(TagSetChange.remove(absent)), List.of(), List.of());
    }

    private Assignment change(TagSetChange change) {
        return SourceAssertions.require(change(subjectId(), change, false));
    }

    private Mono<Assignment> change(String id, TagSetChange change, boolean dryRun) {
        return assignments().change(id, null, change, dryRun);
    }

    private List<Tag> tags(int... indexes) {
        return java.util.Arrays.stream(indexes).mapToObj(tags()::get).toList();
    }

    private static void assertDone(Assignment assignment, List<Tag> added, List<Tag> removed) {
        assertThat(assignment.failure()).isNull();
        assertThat(assignment.lost()).isFalse();
        assertThat(ids(assignment.added())).containsExactlyInAnyOrderElementsOf(ids(added));
        assertThat(ids(assignment.removed())).containsExactlyInAnyOrderElementsOf(ids(removed));
    }

    private static List<String> ids(List<Tag> tags) {
        return tags.stream().map(Tag::remoteId).distinct().toList();
    }
}
