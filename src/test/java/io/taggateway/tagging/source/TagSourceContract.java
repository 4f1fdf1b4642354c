package io.taggateway.tagging.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.TagSource.TagListResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every {@link TagSource}. */
public abstract class TagSourceContract {

    /** A source of some tags, which is the same throughout a test, except for faults. */
    protected abstract TagSource source();

    /** How many tags there are. */
    protected abstract int size();

    /** The id of one of the tags. */
    protected abstract String knownId();

    /** Makes every request from now on fail. */
    protected abstract void breakDown(SourceFault breakdown);

    /** Makes requests succeed again. */
    protected abstract void removeFaults();

    @Test
    void everyTagIsListedOnce() {
        List<Tag> tags = list().tags();
        assertThat(tags).hasSize(size());
        assertThat(tags).extracting(Tag::remoteId).doesNotHaveDuplicates().doesNotContain("");
        assertThat(tags).allSatisfy(tag -> {
            assertThat(tag.vendor()).isEqualTo(source().vendor());
            assertThat(tag.complete()).isTrue();
            assertThat(tag.name()).isNotBlank();
            assertThat(tag.slug()).isNotBlank();
            assertThat(tag.color().hex()).matches("#[0-9A-F]{6}");
        });
    }

    @Test
    void listIsTheSameWhenReadAgain() {
        TagList list = list();
        assertThat(list().tags()).containsExactlyInAnyOrderElementsOf(list.tags());
        assertThat(SourceAssertions.require(source().result()).staleBecause()).isNull();
    }

    @Test
    void eachListedTagIsFoundByItsId() {
        TagList list = list();
        for (Tag tag : list.tags()) {
            assertThat(list.find(tag.remoteId())).isEqualTo(tag);
            TestOperation.verify(source().find(tag.remoteId())).expectNext(tag).verifyComplete();
        }
    }

    @Test
    void listForIdsHasTheExistingTags() {
        String id = knownId();
        for (int i = 0; i < 2; i++) {
            TagListResult response = SourceAssertions.require(source().listFor(List.of(id, "999999")));
            assertThat(response.list().find(id)).isNotNull();
            assertThat(response.list().find("999999")).isNull();
            assertThat(response.staleBecause()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "ffffffffffffffffffffffff", "a/b?c=d#e", "../tags", "+ %2F é 🔥"})
    void nothingIsFoundByAnUnknownId(String remoteId) {
        TestOperation.verify(source().find(remoteId)).verifyComplete();
    }

    @Test
    void cachedListEqualsTheListThatWasRead() {
        TagList list = list();
        TagListResult cached = source().cached();
        assertThat(cached == null ? list.tags() : cached.list().tags())
                .containsExactlyInAnyOrderElementsOf(list.tags());
    }

    @Test
    void nothingIsCachedBeforeTheFirstRead() {
        assertThat(source().cached()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void listFailsForTheReasonThatTheVendorGives(SourceFault breakdown) {
        breakDown(breakdown);
        SourceAssertions.verify(source().list(), source().vendor(), breakdown);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT_THERE")
    void findFailsForTheReasonThatTheVendorGives(SourceFault breakdown) {
        String id = knownId();
        breakDown(breakdown);
        SourceAssertions.verify(source().find(id), source().vendor(), breakdown);
    }

    @Test
    void listSucceedsAgainAfterAFailure() {
        breakDown(SourceFault.SERVER_ERROR);
        SourceAssertions.verify(source().list(), source().vendor(), SourceFault.SERVER_ERROR);
        removeFaults();
        assertThat(list().tags()).hasSize(size());
    }

    private TagList list() {
        return SourceAssertions.require(source().list());
    }
}
