package io.taggateway.tagging.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.TaggingFixture;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.tag.TagPayload.TagResult;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of writes to a vendor that accepts several tags of one name, and whose list is not cached. */
class TagWriterTests {

    private final Tag old = SampleFactory.tag(Vendor.SWIPEONE, "1", "Old");
    private final Tag other = SampleFactory.tag(Vendor.SWIPEONE, "2", "Other");
    private final TaggingFixture fixture = TaggingFixture.ofBoth();
    private final TagWriter writer = new TagWriter(fixture.directory, Vendor.SWIPEONE, false);
    private final TagList read =
            SourceAssertions.require(fixture.contactTags.with(old, other).list());

    private TagResult update(TagChange change) {
        return SourceAssertions.require(writer.update(read, old, change, List.of()));
    }

    @Test
    void nameIsTakenThatAnotherTagWasGivenSinceTheListWasRead() {
        fixture.contactTags.with(old, other.named("New"));
        TagResult result = update(new TagChange("New", null, null));
        assertThat(result.userErrors()).extracting(UserError::code).containsExactly(UserErrorCode.NAME_TAKEN);
        assertThat(SourceAssertions.require(fixture.contactTags.list()).tags()).contains(old);
    }

    /** Names of one slug denote the same tag, for references as well. */
    @ParameterizedTest
    @ValueSource(strings = {"Other", "OTHER", "other"})
    void nameIsTakenWhenAnotherTagHasItsSlug(String name) {
        TagResult result = update(new TagChange(name, null, null));
        assertThat(result.userErrors()).extracting(UserError::code).containsExactly(UserErrorCode.NAME_TAKEN);
        assertThat(SourceAssertions.require(fixture.contactTags.list()).tags()).containsExactly(old, other);
    }

    @Test
    void slugOfItsOwnIsNotTakenByATagThatHasItAlready() {
        TagList list = SourceAssertions.require(
                fixture.contactTags.with(old, other.named("OLD")).list());
        TagResult result =
                SourceAssertions.require(writer.update(list, old, new TagChange("old", null, null), List.of()));
        assertThat(result.status()).isEqualTo(WriteStatus.UPDATED);
    }

    @Test
    void tagIsRenamedToANameThatNoTagHas() {
        TagResult result = update(new TagChange("New", null, null));
        assertThat(result.status()).isEqualTo(WriteStatus.UPDATED);
        assertThat(SourceAssertions.require(fixture.contactTags.list()).tags())
                .extracting(Tag::name)
                .containsExactly("New", "Other");
    }

    @Test
    void changeOfAColorNeedsNoList() {
        int requests = fixture.contactTags.requests();
        assertThat(update(new TagChange(null, "#FF0000", null)).status()).isEqualTo(WriteStatus.UPDATED);
        assertThat(fixture.contactTags.requests()).isEqualTo(requests + 1);
    }

    @Test
    void renameFailsWhenTheListCannotBeRead() {
        fixture.contactTags.fail(FailureReason.UNAVAILABLE);
        TagResult result = update(new TagChange("New", null, null));
        assertThat(Objects.requireNonNull(result.failure()).reason()).isEqualTo(FailureReason.UNAVAILABLE);
    }
}
