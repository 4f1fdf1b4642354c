package io.taggateway.tagging.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.TaggingFixture;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagGroup;
import io.taggateway.tagging.model.TagGroup.TagDrift;
import io.taggateway.tagging.model.TagGroup.TagDriftField;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import io.taggateway.tagging.source.TagList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Tests of groups and their drift. */
class TagGroupServiceTests {

    private final TaggingFixture fixture = TaggingFixture.ofBoth();
    private final TagGroupService service = fixture.groupService();

    @Test
    void tagsOfOneSlugAreOneGroupWithTheNameOfTheFirstVendor() {
        fixture.callTags.with(
                SampleFactory.tag(Vendor.SIPSIM, "1", "Follow-up"), SampleFactory.tag(Vendor.SIPSIM, "2", "Spam"));
        fixture.contactTags.with(
                SampleFactory.tag(Vendor.SWIPEONE, "1", "Follow Up"), SampleFactory.tag(Vendor.SWIPEONE, "2", "Alpha"));
        List<TagGroup> groups = list(TagGroupFilter.ALL).nodes();
        assertThat(groups).extracting(TagGroup::name).containsExactly("Alpha", "Follow-up", "Spam");
        TagGroup group = groups.get(1);
        assertThat(group.slug()).isEqualTo("follow-up");
        assertThat(group.tags()).extracting(Tag::id).containsExactly("swipeone:tag:1", "sipsim:tag:1");
        assertThat(group.vendors()).containsExactly(Vendor.SIPSIM, Vendor.SWIPEONE);
        assertThat(group.missingFrom()).isEmpty();
        assertThat(groups.get(0).missingFrom()).containsExactly(Vendor.SIPSIM);
        assertThat(groups.get(2).missingFrom()).containsExactly(Vendor.SWIPEONE);
    }

    @Test
    void statusIsUnknownWhenTheListOfAVendorCannotBeRead() {
        fixture.callTags.with(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"));
        fixture.contactTags.fail(FailureReason.TIMEOUT);
        TagGroup group = list(TagGroupFilter.ALL).nodes().getFirst();
        assertThat(group.missingFrom()).isEmpty();
        assertThat(group.unknownFor()).containsExactly(Vendor.SWIPEONE);
        TaggingFixture without = TaggingFixture.withoutContacts();
        TagGroup alone = SourceAssertions.require(without.groupService()
                        .groups(without.directory, List.of(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"))))
                .values()
                .iterator()
                .next();
        assertThat(alone.missingFrom()).isEmpty();
        assertThat(alone.unknownFor()).isEmpty();
    }

    @Test
    void statusIsUnknownWhenAnIncompleteListLacksTheTag() {
        fixture.callTags.with(
                SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"), SampleFactory.tag(Vendor.SIPSIM, "2", "Spam"));
        fixture.contactTags.answerWith(
                TagList.of(List.of(SampleFactory.tag(Vendor.SWIPEONE, "1", "VIP")), SampleFactory.NOON)
                        .incomplete(),
                Mono.empty());
        Connection<TagGroup> page = list(TagGroupFilter.ALL);
        assertThat(page.nodes()).extracting(TagGroup::name).containsExactly("Spam", "VIP");
        assertThat(page.nodes())
                .allSatisfy(group -> assertThat(group.missingFrom()).isEmpty());
        assertThat(page.nodes().getFirst().unknownFor()).containsExactly(Vendor.SWIPEONE);
        assertThat(page.nodes().getLast().unknownFor()).isEmpty();
        assertThat(page.sources())
                .extracting(SourceOutcome::status)
                .containsExactly(SourceStatus.OK, SourceStatus.FAILED);
        assertThat(list(new TagGroupFilter(List.of(Vendor.SWIPEONE), null, null))
                        .nodes())
                .isEmpty();
        assertThat(list(new TagGroupFilter(List.of(Vendor.SIPSIM), null, null)).nodes())
                .isEmpty();
        TestOperation.verify(fixture.groupService().find(fixture.directory, "elsewhere"))
                .verifyErrorSatisfies(error ->
                        assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE));
        GlobalId gone = GlobalId.parse("swipeone:tag:9");
        assertThat(SourceAssertions.require(fixture.tagService().findAll(fixture.directory, List.of(gone)))
                        .get(gone))
                .isInstanceOf(Lookup.Failed.class);
    }

    @Test
    void groupsThatAgreeHaveNoDrift() {
        assertThat(drift(
                        SampleFactory.tag(Vendor.SIPSIM, "1", "VIP", "#0091FF"),
                        SampleFactory.tag(Vendor.SWIPEONE, "1", "VIP", "blue")))
                .isEmpty();
        assertThat(drift(
                        SampleFactory.described(Vendor.SIPSIM, "1", "VIP", "only here"),
                        SampleFactory.described(Vendor.SWIPEONE, "1", "VIP", null)))
                .isEmpty();
    }

    @Test
    void namesDriftByAnyDifference() {
        assertThat(drift(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"), SampleFactory.tag(Vendor.SWIPEONE, "1", "vip")))
                .containsExactly(new TagDrift(TagDriftField.NAME, List.of("VIP", "vip")));
    }

    @Test
    void colorsDriftWhenTheirPaletteNamesDiffer() {
        assertThat(drift(
                        SampleFactory.tag(Vendor.SIPSIM, "1", "VIP", "#E5484D"),
                        SampleFactory.tag(Vendor.SWIPEONE, "1", "VIP", "blue")))
                .containsExactly(new TagDrift(TagDriftField.COLOR, List.of("#E5484D", "#0090FF")));
    }

    @Test
    void descriptionsDriftOnlyBetweenVendorsThatSupportThem() {
        assertThat(drift(
                        SampleFactory.described(Vendor.SIPSIM, "1", "VIP", "one"),
                        SampleFactory.described(Vendor.SIPSIM, "2", "VIP", "other"),
                        SampleFactory.described(Vendor.SWIPEONE, "1", "VIP", null)))
                .containsExactly(
                        new TagDrift(TagDriftField.DESCRIPTION, Arrays.asList("one", "other", null)),
                        new TagDrift(
                                TagDriftField.DUPLICATE, List.of("sipsim:tag:1", "sipsim:tag:2", "swipeone:tag:1")));
    }

    @Test
    void itemsMatchAllFilters() {
        fixture.callTags.with(
                SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"),
                SampleFactory.tag(Vendor.SIPSIM, "2", "Spam"),
                SampleFactory.tag(Vendor.SIPSIM, "3", "Same"));
        fixture.contactTags.with(
                SampleFactory.tag(Vendor.SWIPEONE, "1", "vip"), SampleFactory.tag(Vendor.SWIPEONE, "3", "Same"));
        assertThat(names(new TagGroupFilter(List.of(Vendor.SWIPEONE), null, null)))
                .containsExactly("Spam");
        assertThat(names(new TagGroupFilter(List.of(), null, null))).hasSize(3);
        assertThat(names(new TagGroupFilter(null, true, null))).containsExactly("VIP");
        assertThat(names(new TagGroupFilter(null, false, null))).containsExactly("Same", "Spam");
        assertThat(names(new TagGroupFilter(null, false, "PA"))).containsExactly("Spam");
        assertThat(names(new TagGroupFilter(null, null, "vip"))).containsExactly("VIP");
    }

    @Test
    void everyGroupIsReturnedOnPagesOfOneGroup() {
        fixture.callTags.with(
                SampleFactory.tag(Vendor.SIPSIM, "1", "été"),
                SampleFactory.tag(Vendor.SIPSIM, "2", "ete"),
                SampleFactory.tag(Vendor.SIPSIM, "3", "Zoo"));
        @Nullable String after = null;
        for (String name : List.of("ete", "été", "Zoo")) {
            Connection<TagGroup> page = SourceAssertions.require(
                    service.list(fixture.directory, TagGroupFilter.ALL, PageArguments.forward(1, after)));
            assertThat(page.nodes()).extracting(TagGroup::name).containsExactly(name);
            after = page.pageInfo().endCursor();
        }
    }

    @Test
    void groupIsFoundByItsSlugOrByAName() {
        fixture.callTags.with(
                SampleFactory.tag(Vendor.SIPSIM, "1", "Hot Lead"), SampleFactory.tag(Vendor.SIPSIM, "A_b", "🔥"));
        for (String slug : List.of("hot-lead", "Hot Lead", "HOT  LEAD.")) {
            assertThat(SourceAssertions.require(service.find(fixture.directory, slug))
                            .name())
                    .isEqualTo("Hot Lead");
        }
        assertThat(SourceAssertions.require(service.find(fixture.directory, "🔥"))
                        .name())
                .isEqualTo("🔥");
        StepVerifier.create(service.find(fixture.directory, "none")).verifyComplete();
        StepVerifier.create(service.find(fixture.directory, "")).verifyComplete();
    }

    @Test
    void groupMayExistAtAVendorThatFailed() {
        fixture.callTags.with(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"));
        fixture.contactTags.fail(FailureReason.RATE_LIMITED);
        assertThat(SourceAssertions.require(service.find(fixture.directory, "vip"))
                        .name())
                .isEqualTo("VIP");
        StepVerifier.create(service.find(fixture.directory, "none"))
                .verifyErrorSatisfies(
                        error -> assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.RATE_LIMITED));
    }

    @Test
    void unlistedTagIsInItsGroup() {
        fixture.contactTags.with(SampleFactory.tag(Vendor.SWIPEONE, "1", "VIP"));
        Tag gone = SampleFactory.embedded(Vendor.SIPSIM, "9", "vip");
        Tag known = SampleFactory.tag(Vendor.SWIPEONE, "1", "VIP");
        Map<Tag, TagGroup> groups = SourceAssertions.require(service.groups(fixture.directory, List.of(gone, known)));
        assertThat(Objects.requireNonNull(groups.get(gone)).tags())
                .extracting(Tag::id)
                .containsExactly("swipeone:tag:1", "sipsim:tag:9");
        assertThat(Objects.requireNonNull(groups.get(known)).tags()).hasSize(1);
    }

    private List<TagDrift> drift(Tag... tags) {
        fixture.callTags.with(
                Arrays.stream(tags).filter(tag -> tag.vendor() == Vendor.SIPSIM).toArray(Tag[]::new));
        fixture.contactTags.with(Arrays.stream(tags)
                .filter(tag -> tag.vendor() == Vendor.SWIPEONE)
                .toArray(Tag[]::new));
        List<TagGroup> groups = list(TagGroupFilter.ALL).nodes();
        assertThat(groups).hasSize(1);
        return groups.getFirst().drift();
    }

    private Connection<TagGroup> list(TagGroupFilter filter) {
        return SourceAssertions.require(service.list(fixture.directory, filter, PageArguments.forward(100, null)));
    }

    private List<String> names(TagGroupFilter filter) {
        return list(filter).nodes().stream().map(TagGroup::name).toList();
    }
}
