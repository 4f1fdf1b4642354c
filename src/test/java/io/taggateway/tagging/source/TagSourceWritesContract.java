package io.taggateway.tagging.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every {@link TagSource} for writes. */
public abstract class TagSourceWritesContract {

    private static final String ORANGE = "#F76B15";

    /** A source of two tags or more. */
    protected abstract TagSource source();

    /** The capabilities in the profile of the source's vendor. */
    protected abstract Set<Capability> capabilities();

    /** Makes every request from now on fail. */
    protected abstract void breakDown(SourceFault breakdown);

    @Test
    void createdTagHasTheRequestedFieldsAndIsListed() {
        int before = list().size();
        Tag tag = create("Brand New", ORANGE);
        assertThat(tag.name()).isEqualTo("Brand New");
        assertThat(tag.color().hex()).isEqualTo(ORANGE);
        assertThat(tag.vendor()).isEqualTo(source().vendor());
        assertThat(list()).hasSize(before + 1).contains(tag);
    }

    @Test
    void createdTagHasTheDescriptionWhenTheVendorSupportsIt() {
        TagDraft draft = new TagDraft("Told", ORANGE, "What it is for");
        Tag tag = SourceAssertions.require(source().create(draft));
        assertThat(tag.description())
                .isEqualTo(capabilities().contains(Capability.TAG_DESCRIPTION) ? "What it is for" : null);
    }

    @Test
    void tagHasAColorWhenCreatedWithoutOne() {
        Tag tag = SourceAssertions.require(source().create(new TagDraft("Plain", null, null)));
        assertThat(tag.color().hex()).matches("#[0-9A-F]{6}");
    }

    @Test
    void takenNameIsRefusedAndNothingIsAdded() {
        List<Tag> before = list();
        TagDraft draft = new TagDraft(before.getFirst().name(), ORANGE, null);
        TestOperation.verify(source().create(draft))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                SourceException.class,
                                failure -> assertThat(failure.reason())
                                        .isIn(FailureReason.CONFLICT, FailureReason.REJECTED_INPUT)))
                .verify();
        assertThat(list()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void updatedTagHasTheRequestedFieldsAndTheSameId() {
        Tag old = list().getFirst();
        Tag changed = update(old, new TagChange("Other Name", ORANGE, null));
        assertThat(changed.id()).isEqualTo(old.id());
        assertThat(changed.name()).isEqualTo("Other Name");
        assertThat(changed.color().hex()).isEqualTo(ORANGE);
        assertThat(changed.description()).isEqualTo(old.description());
        assertThat(list()).contains(changed).doesNotContain(old);
    }

    @Test
    void otherFieldsAreUnchangedWhenOneIsUpdated() {
        Tag old = list().getFirst();
        Tag renamed = update(old, new TagChange("Other Name", null, null));
        assertThat(renamed.color().hex()).isEqualTo(old.color().hex());
        Tag recolored = update(renamed, new TagChange(null, ORANGE, null));
        assertThat(recolored.name()).isEqualTo("Other Name");
    }

    @Test
    void descriptionIsChangedAndCleared() {
        Assumptions.assumeTrue(capabilities().contains(Capability.TAG_DESCRIPTION));
        Tag old = list().getFirst();
        Tag told = update(old, new TagChange(null, null, "Another one"));
        assertThat(told.description()).isEqualTo("Another one");
        assertThat(update(told, new TagChange(null, null, "")).description()).isNull();
        assertThat(list()).filteredOn(tag -> tag.id().equals(old.id())).allMatch(tag -> tag.description() == null);
    }

    @Test
    void returnsNotFoundWhenTheTagToUpdateDoesNotExist() {
        Tag absent = SampleFactory.tag(source().vendor(), "999999", "Absent");
        SourceAssertions.verify(
                source().update(absent, new TagChange("Other", null, null)), source().vendor(), SourceFault.NOT_THERE);
    }

    @Test
    void deleteSucceedsWhenRepeated() {
        Tag tag = list().getFirst();
        if (!capabilities().contains(Capability.DELETE_TAG)) {
            TestOperation.verify(source().delete(tag))
                    .expectErrorMatches(error -> error instanceof SourceException failure
                            && failure.reason() == FailureReason.REJECTED_INPUT)
                    .verify();
            assertThat(list()).contains(tag);
            return;
        }
        TestOperation.verify(source().delete(tag)).verifyComplete();
        TestOperation.verify(source().delete(tag)).verifyComplete();
        assertThat(list()).doesNotContain(tag).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {ORANGE, "#123456", "#FFFFFF", "#000000", "#E5484D"})
    void writtenColorIsTheStoredColor(String hex) {
        assertThat(create("Colored", hex).color()).isEqualTo(source().storedColor(hex));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"GARBAGE", "EMPTY_BODY"})
    void writesFailForTheReasonThatTheVendorGives(SourceFault breakdown) {
        Tag tag = list().getFirst();
        breakDown(breakdown);
        SourceAssertions.verify(source().create(new TagDraft("Brand New", null, null)), source().vendor(), breakdown);
        SourceAssertions.verify(
                source().update(tag, new TagChange("Renamed", null, null)), source().vendor(), breakdown);
    }

    @ParameterizedTest
    @EnumSource(names = {"GARBAGE", "EMPTY_BODY"})
    void writeFailsWhenTheResponseLacksTheTag(SourceFault breakdown) {
        Tag tag = list().getFirst();
        breakDown(breakdown);
        TagDraft draft = new TagDraft("Brand New", null, null);
        SourceAssertions.verify(source().create(draft), source().vendor(), breakdown);
        TagChange change = new TagChange("Brand New", null, null);
        SourceAssertions.verify(source().update(tag, change), source().vendor(), breakdown);
    }

    private Tag create(String name, String hex) {
        return SourceAssertions.require(source().create(new TagDraft(name, hex, null)));
    }

    private Tag update(Tag tag, TagChange change) {
        return SourceAssertions.require(source().update(tag, change));
    }

    private List<Tag> list() {
        return SourceAssertions.require(source().list()).tags();
    }
}
