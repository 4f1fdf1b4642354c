package io.taggateway.upstream.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.feed.TagEvent;
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
import io.taggateway.upstream.http.UpstreamFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests that each change of a vendor's tags is published exactly once. */
class TagListChangesTests {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final UpstreamFixture kit = new UpstreamFixture(clock);
    private final Tag vip = SampleFactory.described(Vendor.SIPSIM, "1", "VIP", "Goes first");
    private final Tag spam = SampleFactory.tag(Vendor.SIPSIM, "2", "Spam");
    private final InMemoryTagSource vendor = new InMemoryTagSource(Vendor.SIPSIM, clock).with(vip, spam);
    private final TagSource source = kit.caching(vendor);
    private final List<TagEvent> told = new ArrayList<>();
    private final Disposable listener = kit.feed().tags(event -> true).subscribe(told::add);

    @AfterEach
    void close() {
        listener.dispose();
        kit.close();
        VirtualTimeScheduler.reset();
    }

    @Test
    void differencesOfTwoListsArePublishedButNotTheFirstList() {
        load();
        assertThat(told()).isEmpty();
        Tag renamed = SampleFactory.described(Vendor.SIPSIM, "1", "Very", "Goes first");
        Tag fresh = SampleFactory.tag(Vendor.SIPSIM, "3", "New");
        vendor.with(renamed, fresh);
        load();
        assertThat(told())
                .containsExactly(
                        TagEvent.updated(vip, renamed, SampleFactory.NOON),
                        TagEvent.deleted(spam, SampleFactory.NOON),
                        TagEvent.created(fresh, SampleFactory.NOON));
    }

    @Test
    void colorAndDescriptionAreDifferencesToo() {
        load();
        Tag undescribed = SampleFactory.described(Vendor.SIPSIM, "1", "VIP", null);
        Tag blue = SampleFactory.tag(Vendor.SIPSIM, "2", "Spam", "#0000FF");
        vendor.with(undescribed, blue);
        load();
        assertThat(told())
                .containsExactly(
                        TagEvent.updated(vip, undescribed, SampleFactory.NOON),
                        TagEvent.updated(spam, blue, SampleFactory.NOON));
    }

    @Test
    void failedReadPublishesNothing() {
        load();
        vendor.fail(FailureReason.UNAVAILABLE);
        SourceAssertions.verify(source.reloadList(), Vendor.SIPSIM, SourceFault.CUT_OFF);
        vendor.fail(null);
        load();
        assertThat(told()).isEmpty();
    }

    @Test
    void tagMissingInIncompleteListIsNotDeleted() {
        load();
        Tag renamed = SampleFactory.described(Vendor.SIPSIM, "1", "Very", "Goes first");
        Tag fresh = SampleFactory.tag(Vendor.SIPSIM, "3", "New");
        vendor.answerWith(
                TagList.of(List.of(renamed, fresh), SampleFactory.NOON).incomplete(), Mono.empty());
        load();
        vendor.answerWith(null, Mono.empty());
        vendor.with(renamed, spam);
        load();
        assertThat(told())
                .containsExactly(
                        TagEvent.updated(vip, renamed, SampleFactory.NOON),
                        TagEvent.created(fresh, SampleFactory.NOON),
                        TagEvent.deleted(fresh, SampleFactory.NOON));
    }

    @Test
    void nothingIsComparedWithAnIncompleteList() {
        vendor.answerWith(TagList.of(List.of(vip), SampleFactory.NOON).incomplete(), Mono.empty());
        load();
        vendor.answerWith(null, Mono.empty());
        load();
        assertThat(told()).isEmpty();
    }

    @Test
    void allDifferencesOfOneReadArePublished() {
        load();
        vendor.with(IntStream.range(100, 1100)
                .mapToObj(number -> SampleFactory.tag(Vendor.SIPSIM, "" + number, "Imported " + number))
                .toArray(Tag[]::new));
        StepVerifier.create(kit.feed().tags(event -> true), 0)
                .expectSubscription()
                .then(this::load)
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(1002)
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void changesWithoutSubscribersArePublishedLater() {
        load();
        vendor.fail(FailureReason.UNAVAILABLE);
        clock.advance(Duration.ofHours(3));
        vendor.with(vip);
        vendor.fail(null);
        load();
        assertThat(told()).containsExactly(TagEvent.deleted(spam, clock.instant()));
    }

    @Test
    void ownWriteIsPublishedOnce() {
        load();
        Tag created = create();
        Tag renamed = SourceAssertions.require(source.update(vip, new TagChange("Very", null, null)));
        source.delete(spam).contextWrite(TestOperation.context()).block();
        load();
        assertThat(told())
                .containsExactly(
                        TagEvent.created(created, SampleFactory.NOON),
                        TagEvent.updated(vip, renamed, SampleFactory.NOON),
                        TagEvent.deleted(spam, SampleFactory.NOON));
    }

    @Test
    void ownWriteIsPublishedBeforeTheFirstList() {
        Tag created = create();
        source.delete(created).contextWrite(TestOperation.context()).block();
        load();
        assertThat(told())
                .containsExactly(
                        TagEvent.created(created, SampleFactory.NOON), TagEvent.deleted(created, SampleFactory.NOON));
    }

    @Test
    void writeWithoutChangeIsNotPublished() {
        load();
        source.update(vip, new TagChange("VIP", null, null))
                .contextWrite(TestOperation.context())
                .block();
        source.delete(spam).contextWrite(TestOperation.context()).block();
        source.delete(spam).contextWrite(TestOperation.context()).block();
        assertThat(told()).containsExactly(TagEvent.deleted(spam, SampleFactory.NOON));
    }

    @Test
    void readThatIsSupersededByAWritePublishesNothing() {
        load();
        Sinks.Empty<Void> go = Sinks.empty();
        TagList old = SourceAssertions.require(vendor.list());
        vendor.answerWith(old, go.asMono());
        CompletableFuture<@Nullable TagList> reading =
                source.reloadList().contextWrite(TestOperation.context()).toFuture();
        vendor.answerWith(null, Mono.empty());
        Tag created = create();
        go.tryEmitEmpty().orThrow();
        reading.join();
        load();
        assertThat(told()).containsExactly(TagEvent.created(created, SampleFactory.NOON));
    }

    @Test
    void tagIsInTheListOnceWhenTheListShowsTheWriteBeforeItsResponse() {
        load();
        Tag seen = SourceAssertions.require(vendor.create(new TagDraft("Brand New", "#F76B15", null)));
        load();
        source.update(seen, new TagChange("Brand New", null, null))
                .contextWrite(TestOperation.context())
                .block();
        assertThat(told()).containsExactly(TagEvent.created(seen, SampleFactory.NOON));
    }

    private Tag create() {
        return SourceAssertions.require(source.create(new TagDraft("Brand New", "#F76B15", null)));
    }

    private void load() {
        source.reloadList().contextWrite(TestOperation.context()).block();
    }

    private List<TagEvent> told() {
        time.advanceTime();
        return told;
    }
}
