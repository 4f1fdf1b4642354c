package io.taggateway.upstream.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.InMemoryTagSource;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourceFault;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.source.TagSource.TagListResult;
import io.taggateway.tagging.source.TagSourceWritesContract;
import io.taggateway.upstream.http.UpstreamFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Tests that the cache conforms to the contract of the port for writes, and returns each write before it completes. */
class TagListCacheWritesTests extends TagSourceWritesContract {

    private static final TagDraft DRAFT = new TagDraft("Brand New", "#F76B15", null);

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final UpstreamFixture kit = new UpstreamFixture(clock);
    private final Tag vip = SampleFactory.described(Vendor.SIPSIM, "1", "VIP", "Goes first");
    private final InMemoryTagSource vendorSource =
            new InMemoryTagSource(Vendor.SIPSIM, clock).with(vip, SampleFactory.tag(Vendor.SIPSIM, "2", "Spam"));
    private final TagSource source = kit.caching(vendorSource);

    @AfterEach
    void close() {
        kit.close();
    }

    @Override
    protected TagSource source() {
        return source;
    }

    @Override
    protected Set<Capability> capabilities() {
        return Set.of(Capability.TAG_DESCRIPTION, Capability.DELETE_TAG);
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        vendorSource.fail(breakdown.reason());
    }

    @Test
    void writesAreInTheCachedListWithoutAnotherRequest() {
        list();
        Tag created = create();
        Tag renamed = SourceAssertions.require(source.update(vip, new TagChange("Very", null, null)));
        int requests = vendorSource.requests();
        assertThat(list().tags()).contains(created, renamed).doesNotContain(vip);
        source.delete(renamed).contextWrite(TestOperation.context()).block();
        assertThat(list().tags()).contains(created).doesNotContain(renamed);
        assertThat(vendorSource.requests()).isEqualTo(requests + 1);
    }

    /** The age of the list when the load begins: absent, stale, expired. */
    @ParameterizedTest
    @ValueSource(ints = {0, 60, 600})
    void loadThatBeganBeforeAWriteDoesNotUndoIt(int age) {
        if (age > 0) {
            list();
            clock.advance(Duration.ofSeconds(age));
        }
        Sinks.Empty<Void> go = Sinks.empty();
        TagList old = SourceAssertions.require(vendorSource.list());
        vendorSource.answerWith(old, go.asMono());
        CompletableFuture<@Nullable TagList> load =
                source.list().contextWrite(TestOperation.context()).toFuture();
        vendorSource.answerWith(null, Mono.empty());
        Tag created = create();
        go.tryEmitEmpty().orThrow();
        assertThat(Objects.requireNonNull(load.join()).tags()).doesNotContain(created);
        assertThat(list().tags()).contains(created);
    }

    @Test
    void nextReadIsSentToTheVendorAfterAFailedWrite() {
        list();
        vendorSource.fail(FailureReason.TIMEOUT);
        SourceAssertions.verify(source.create(DRAFT), Vendor.SIPSIM, SourceFault.SILENCE);
        vendorSource.fail(null);
        Tag done = SourceAssertions.require(vendorSource.create(DRAFT));
        assertThat(list().tags()).contains(done);
    }

    @Test
    void oldListIsReturnedAfterAFailedWriteOnlyIfTheVendorFails() {
        list();
        vendorSource.fail(FailureReason.UNAVAILABLE);
        SourceAssertions.verify(source.create(DRAFT), Vendor.SIPSIM, SourceFault.CUT_OFF);
        TagListResult stale = SourceAssertions.require(source.result());
        assertThat(stale.list().tags()).hasSize(2);
        assertThat(Objects.requireNonNull(stale.staleBecause()).reason()).isEqualTo(FailureReason.UNAVAILABLE);
    }

    @Test
    void failedReadHasNoEffectOnAFreshList() {
        list();
        clock.advance(Duration.ofSeconds(2));
        vendorSource.fail(FailureReason.TIMEOUT);
        SourceAssertions.verify(source.reloadList(), Vendor.SIPSIM, SourceFault.SILENCE);
        assertThat(SourceAssertions.require(source.result()).staleBecause()).isNull();
        clock.advance(Duration.ofSeconds(29));
        assertThat(SourceAssertions.require(source.result()).staleBecause()).isNull();
        assertThat(SourceAssertions.require(source.result()).staleBecause()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureReason.class,
            names = {"REJECTED_INPUT", "CONFLICT", "NOT_FOUND", "FORBIDDEN", "RATE_LIMITED", "CIRCUIT_OPEN"})
    void refusedWriteHasNoEffectOnAFreshList(FailureReason reason) {
        list();
        clock.advance(Duration.ofSeconds(2));
        vendorSource.fail(reason);
        source.update(vip, new TagChange("Very", null, null))
                .onErrorComplete()
                .contextWrite(TestOperation.context())
                .block();
        vendorSource.fail(FailureReason.UNAVAILABLE);
        TagListResult response = SourceAssertions.require(source.result());
        assertThat(response.list().tags()).contains(vip);
        assertThat(response.staleBecause()).isNull();
        clock.advance(Duration.ofSeconds(28));
        assertThat(SourceAssertions.require(source.result()).staleBecause()).isNotNull();
    }

    @Test
    void writeOfUnknownOutcomeInvalidatesTheListDespiteRefusedWrites() {
        list();
        for (FailureReason reason : List.of(FailureReason.CONFLICT, FailureReason.TIMEOUT, FailureReason.CONFLICT)) {
            vendorSource.fail(reason);
            source.create(DRAFT)
                    .onErrorComplete()
                    .contextWrite(TestOperation.context())
                    .block();
        }
        vendorSource.fail(FailureReason.UNAVAILABLE);
        assertThat(SourceAssertions.require(source.result()).staleBecause()).isNotNull();
    }

    @Test
    void loadThatBeganBeforeAFailedWriteDoesNotMakeTheListCurrentAgain() {
        list();
        Sinks.Empty<Void> go = Sinks.empty();
        vendorSource.answerWith(SourceAssertions.require(vendorSource.list()), go.asMono());
        CompletableFuture<@Nullable TagList> load =
                source.reloadList().contextWrite(TestOperation.context()).toFuture();
        vendorSource.answerWith(null, Mono.empty());
        vendorSource.fail(FailureReason.TIMEOUT);
        SourceAssertions.verify(source.create(DRAFT), Vendor.SIPSIM, SourceFault.SILENCE);
        vendorSource.fail(null);
        Tag done = SourceAssertions.require(vendorSource.create(DRAFT));
        go.tryEmitEmpty().orThrow();
        load.join();
        assertThat(list().tags()).contains(done);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9})
    void laggingListDoesNotUndoAWrite(int age) {
        TagList old = list();
        Tag created = create();
        Tag renamed = SourceAssertions.require(source.update(vip, new TagChange("Very", null, null)));
        Tag again = SourceAssertions.require(source.update(renamed, new TagChange("Very much", null, null)));
        Tag spam = Objects.requireNonNull(old.find("2"));
        source.delete(spam).contextWrite(TestOperation.context()).block();
        List<TagEvent> published = new ArrayList<>();
        Disposable listener = kit.feed().tags(event -> true).subscribe(published::add);
        clock.advance(Duration.ofSeconds(age));
        for (List<Tag> behind : List.of(old.tags(), List.of(spam, renamed), List.of(again))) {
            vendorSource.answerWith(TagList.of(behind, clock.instant()), Mono.empty());
            assertThat(afresh().tags()).containsExactlyInAnyOrder(created, again);
            assertThat(list().tags()).containsExactlyInAnyOrder(created, again);
        }
        listener.dispose();
        assertThat(published).isEmpty();
    }

    @Test
    void listBetweenTwoWritesOfOneTagDoesNotUndoTheLater() {
        list();
        Tag between = SourceAssertions.require(source.update(vip, new TagChange("Very", null, null)));
        Tag last = SourceAssertions.require(source.update(vip, new TagChange("Very much", null, null)));
        vendorSource.answerWith(TagList.of(List.of(between), clock.instant()), Mono.empty());
        assertThat(afresh().tags()).containsExactly(last);
    }

    @Test
    void listWithoutAWriteIsAcceptedAfterTheGracePeriod() {
        TagList old = list();
        create();
        source.delete(Objects.requireNonNull(old.find("2")))
                .contextWrite(TestOperation.context())
                .block();
        clock.advance(Duration.ofSeconds(10));
        vendorSource.answerWith(TagList.of(old.tags(), clock.instant()), Mono.empty());
        assertThat(afresh().tags()).containsExactlyElementsOf(old.tags());
    }

    @Test
    void laterChangeByAnotherProgramIsShown() {
        list();
        Tag created = create();
        source.update(vip, new TagChange("Very", null, null))
                .contextWrite(TestOperation.context())
                .block();
        Tag otherwise = SampleFactory.tag(Vendor.SIPSIM, created.remoteId(), "Renamed elsewhere");
        Tag foreign = SampleFactory.tag(Vendor.SIPSIM, "1", "Quite");
        vendorSource.answerWith(TagList.of(List.of(otherwise, foreign), clock.instant()), Mono.empty());
        assertThat(afresh().tags()).containsExactlyInAnyOrder(otherwise, foreign);
    }

    @Test
    void freshListIsNotThatOfALoadInProgress() {
        Sinks.Empty<Void> go = Sinks.empty();
        TagList old = SourceAssertions.require(vendorSource.list());
        vendorSource.answerWith(old, go.asMono());
        CompletableFuture<@Nullable TagList> load =
                source.list().contextWrite(TestOperation.context()).toFuture();
        vendorSource.answerWith(null, Mono.empty());
        Tag done = SourceAssertions.require(vendorSource.create(DRAFT));
        assertThat(SourceAssertions.require(source.reloadList()).tags()).contains(done);
        go.tryEmitEmpty().orThrow();
        load.join();
        assertThat(list().tags()).contains(done);
    }

    private Tag create() {
        return SourceAssertions.require(source.create(DRAFT));
    }

    private TagList afresh() {
        return SourceAssertions.require(source.reloadList());
    }

    private TagList list() {
        return SourceAssertions.require(source.list());
    }
}
