package io.taggateway.tagging.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.taggateway.tagging.TaggingFixture;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.ColorName;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import io.taggateway.tagging.tag.TagOrder.SortDirection;
import io.taggateway.tagging.tag.TagOrder.TagOrderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Tests of all vendors' tags as one list. */
class TagServiceTests {

    private static final PageArguments ALL = PageArguments.forward(100, null);

    private final TaggingFixture fixture = TaggingFixture.ofBoth();
    private final TagService service = fixture.tagService();

    @Test
    void tagsAreOrderedByNaturalNameOrder() {
        String[] names = {
            "2nd",
            "10th",
            "Follow Up",
            "Follow-up",
            "Followup",
            "réclamation",
            "Reclamation",
            "Réserve",
            "vip",
            "VIP",
            "Zoé",
            "ZOE",
            "zebra",
            "Åse",
            "ase"
        };
        fixture.callTags.with(IntStream.range(0, names.length)
                .mapToObj(i -> SampleFactory.tag(Vendor.SIPSIM, "" + (char) ('a' + i), names[i]))
                .toArray(Tag[]::new));
        assertThat(names(TagFilter.ALL, TagOrder.BY_NAME))
                .containsExactly(
                        "10th",
                        "2nd",
                        "ase",
                        "Åse",
                        "Follow Up",
                        "Follow-up",
                        "Followup",
                        "Reclamation",
                        "réclamation",
                        "Réserve",
                        "vip",
                        "VIP",
                        "zebra",
                        "ZOE",
                        "Zoé");
    }

    @Test
    void equalNamesAreOrderedByVendorAndId() {
        fixture.callTags.with(
                SampleFactory.tag(Vendor.SIPSIM, "2", "VIP"),
                SampleFactory.tag(Vendor.SIPSIM, "1", "vip"),
                SampleFactory.tag(Vendor.SIPSIM, "3", "Zoo"));
        fixture.contactTags.with(
                SampleFactory.tag(Vendor.SWIPEONE, "1", "VIP"), SampleFactory.tag(Vendor.SWIPEONE, "2", "Alpha"));
        assertThat(ids(TagOrder.BY_NAME))
                .containsExactly("swipeone:tag:2", "sipsim:tag:1", "sipsim:tag:2", "swipeone:tag:1", "sipsim:tag:3");
        assertThat(ids(new TagOrder(TagOrderField.NAME, SortDirection.DESC)))
                .containsExactly("sipsim:tag:3", "swipeone:tag:1", "sipsim:tag:2", "sipsim:tag:1", "swipeone:tag:2");
        assertThat(ids(new TagOrder(TagOrderField.VENDOR, SortDirection.ASC)))
                .containsExactly("sipsim:tag:1", "sipsim:tag:2", "sipsim:tag:3", "swipeone:tag:2", "swipeone:tag:1");
    }

    @ParameterizedTest
    @CsvSource({"NAME, ASC", "NAME, DESC", "VENDOR, ASC", "VENDOR, DESC"})
    void everyTagIsReturnedOnPagesOfOneTagInEveryOrder(TagOrderField field, SortDirection direction) {
        fixture.callTags.with(
                SampleFactory.tag(Vendor.SIPSIM, "2", "VIP"),
                SampleFactory.tag(Vendor.SIPSIM, "1", "vip"),
                SampleFactory.tag(Vendor.SIPSIM, "3", "Été"));
        fixture.contactTags.with(
                SampleFactory.tag(Vendor.SWIPEONE, "1", "VIP"), SampleFactory.tag(Vendor.SWIPEONE, "2", "ete"));
        TagOrder order = new TagOrder(field, direction);
        List<Tag> found = new ArrayList<>();
        @Nullable String after = null;
        boolean more = true;
        while (more) {
            Connection<Tag> page = list(TagFilter.ALL, order, PageArguments.forward(1, after));
            found.addAll(page.nodes());
            after = page.pageInfo().endCursor();
            more = page.pageInfo().hasNextPage();
        }
        assertThat(found).isEqualTo(list(TagFilter.ALL, order, ALL).nodes());
    }

    @Test
    void cursorOfAnotherOrderIsRefusedBeforeAnyRequest() {
        fixture.callTags.with(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"));
        String cursor =
                list(TagFilter.ALL, TagOrder.BY_NAME, ALL).edges().getFirst().cursor();
        int requests = fixture.callTags.requests();
        TagOrder other = new TagOrder(TagOrderField.NAME, SortDirection.DESC);
        assertThatThrownBy(
                        () -> service.list(fixture.directory, TagFilter.ALL, other, PageArguments.forward(1, cursor)))
                .isInstanceOf(BadInputException.class);
        assertThat(fixture.callTags.requests()).isEqualTo(requests);
    }

    @Test
    void itemsMatchAllFilters() {
        fixture.callTags.with(
                SampleFactory.tag(Vendor.SIPSIM, "1", "Hot Lead", "#E5484D"),
                SampleFactory.tag(Vendor.SIPSIM, "2", "Hot Stuff", "#0090FF"),
                SampleFactory.tag(Vendor.SIPSIM, "3", "ΟΔΟΣΑ", "#0090FF"));
        fixture.contactTags.with(SampleFactory.tag(Vendor.SWIPEONE, "1", "hot-lead", "#0091FF"));
        assertThat(names(new TagFilter(null, "HOT", null, null), TagOrder.BY_NAME))
                .containsExactly("Hot Lead", "Hot Stuff", "hot-lead");
        assertThat(names(new TagFilter(null, "ΟΔΟΣ", null, null), TagOrder.BY_NAME))
                .containsExactly("ΟΔΟΣΑ");
        assertThat(names(new TagFilter(null, null, List.of("Hot Lead", "none"), null), TagOrder.BY_NAME))
                .containsExactly("Hot Lead", "hot-lead");
        assertThat(names(new TagFilter(null, null, null, ColorName.BLUE), TagOrder.BY_NAME))
                .containsExactly("Hot Stuff", "hot-lead", "ΟΔΟΣΑ");
        assertThat(names(new TagFilter(null, "lead", List.of("hot-lead"), ColorName.BLUE), TagOrder.BY_NAME))
                .containsExactly("hot-lead");
        assertThat(names(new TagFilter(null, null, List.of(), null), TagOrder.BY_NAME))
                .isEmpty();
    }

    @Test
    void noRequestIsSentToAVendorThatTheFilterExcludes() {
        fixture.callTags.with(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"));
        TagFilter filter = new TagFilter(List.of(Vendor.SIPSIM), null, null, null);
        Connection<Tag> page = list(filter, TagOrder.BY_NAME, ALL);
        assertThat(fixture.contactTags.requests()).isZero();
        assertThat(page.sources())
                .extracting(SourceOutcome::status)
                .containsExactly(SourceStatus.OK, SourceStatus.SKIPPED);
        assertThat(page.totalCount()).isEqualTo(1);
    }

    @Test
    void onlyTagsOfFailedVendorAreMissing() {
        fixture.contactTags.with(SampleFactory.tag(Vendor.SWIPEONE, "1", "VIP"));
        fixture.callTags.fail(FailureReason.TIMEOUT);
        Connection<Tag> page = list(TagFilter.ALL, TagOrder.BY_NAME, ALL);
        assertThat(page.nodes()).hasSize(1);
        assertThat(page.sources())
                .extracting(SourceOutcome::vendor, SourceOutcome::status)
                .containsExactly(tuple(Vendor.SIPSIM, SourceStatus.FAILED), tuple(Vendor.SWIPEONE, SourceStatus.OK));
        fixture.callTags.fail(null);
        fixture.callTags.with(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"));
        assertThat(list(TagFilter.ALL, TagOrder.BY_NAME, ALL).nodes()).hasSize(2);
    }

    @Test
    void defectIsNotReportedAsFailureOfAVendor() {
        fixture.callTags.delayUntil(Mono.error(new IllegalStateException()));
        StepVerifier.create(service.list(fixture.directory, TagFilter.ALL, TagOrder.BY_NAME, ALL))
                .verifyError(IllegalStateException.class);
    }

    @Test
    void vendorThatIsNotConfiguredIsSkipped() {
        TaggingFixture without = TaggingFixture.withoutCalls();
        Connection<Tag> page = SourceAssertions.require(
                without.tagService().list(without.directory, TagFilter.ALL, TagOrder.BY_NAME, ALL));
        assertThat(page.sources())
                .extracting(SourceOutcome::status)
                .containsExactly(SourceStatus.SKIPPED, SourceStatus.OK);
        StepVerifier.create(without.tagService().find(without.directory, GlobalId.parse("sipsim:tag:1")))
                .verifyErrorSatisfies(
                        error -> assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.NOT_CONFIGURED));
    }

    @Test
    void tagIsFoundByItsId() {
        fixture.callTags.with(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"));
        StepVerifier.create(service.find(fixture.directory, GlobalId.parse("sipsim:tag:1"))
                        .map(Tag::name))
                .expectNext("VIP")
                .verifyComplete();
        StepVerifier.create(service.find(fixture.directory, GlobalId.parse("sipsim:tag:2")))
                .verifyComplete();
    }

    @Test
    void tagOfACallIsCompletedFromTheTagList() {
        fixture.callTags.with(SampleFactory.described(Vendor.SIPSIM, "1", "VIP", "first"));
        Tag whole = SourceAssertions.require(
                service.complete(fixture.directory, SampleFactory.embedded(Vendor.SIPSIM, "1", "VIP")));
        assertThat(whole.description()).isEqualTo("first");
        Tag gone = SampleFactory.embedded(Vendor.SIPSIM, "9", "Gone");
        assertThat(SourceAssertions.require(service.complete(fixture.directory, gone)))
                .isEqualTo(gone);
        int requests = fixture.callTags.requests();
        assertThat(SourceAssertions.require(service.complete(fixture.directory, whole)))
                .isEqualTo(whole);
        assertThat(fixture.callTags.requests()).isEqualTo(requests);
    }

    @Test
    void orderDoesNotDependOnTheDefaultLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr"));
            fixture.callTags.with(
                    SampleFactory.tag(Vendor.SIPSIM, "1", "INFO", "VIOLET"),
                    SampleFactory.tag(Vendor.SIPSIM, "2", "ı"));
            assertThat(names(new TagFilter(null, "info", null, ColorName.VIOLET), TagOrder.BY_NAME))
                    .containsExactly("INFO");
        } finally {
            Locale.setDefault(before);
        }
    }

    private Connection<Tag> list(TagFilter filter, TagOrder order, PageArguments arguments) {
        return SourceAssertions.require(service.list(fixture.directory, filter, order, arguments));
    }

    private List<String> names(TagFilter filter, TagOrder order) {
        return list(filter, order, ALL).nodes().stream().map(Tag::name).toList();
    }

    private List<String> ids(TagOrder order) {
        return list(TagFilter.ALL, order, ALL).nodes().stream().map(Tag::id).toList();
    }
}
