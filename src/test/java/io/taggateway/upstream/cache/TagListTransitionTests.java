package io.taggateway.upstream.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Cache;
import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.InMemoryTagSource;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.source.TagSource.TagListResult;
import io.taggateway.upstream.cache.TagListEntry.Transition;
import io.taggateway.upstream.cache.TagListExchange.Change;
import io.taggateway.upstream.guard.LocalKeyedLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Tests of the transitions of cached lists that listeners receive, of their order, and of expiry. */
class TagListTransitionTests {

    private static final Freshness FRESHNESS =
            new Freshness(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1));

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final Tag vip = SampleFactory.tag(Vendor.SIPSIM, "1", "VIP");
    private final InMemoryTagSource vendor = new InMemoryTagSource(Vendor.SIPSIM, clock).with(vip);
    private final Cache<TagListEntry, TagListState> states = TagSourceFactory.cache(3, FRESHNESS, clock);
    private final List<Transition> heard = new CopyOnWriteArrayList<>();
    private boolean watched = true;
    private final TagListCache source = account((before, after) -> heard.add(new Transition(before, after)));

    @Test
    void eachAcceptedTransitionIsPublishedWithThePreviousState() {
        source.list().contextWrite(TestOperation.context()).block();
        source.update(vip, new TagChange("Very", null, null))
                .contextWrite(TestOperation.context())
                .block();
        vendor.fail(FailureReason.TIMEOUT);
        source.reloadList()
                .onErrorComplete()
                .contextWrite(TestOperation.context())
                .block();
        source.create(new TagDraft("New", null, null))
                .onErrorComplete()
                .contextWrite(TestOperation.context())
                .block();
        assertThat(heard)
                .extracting(Transition::after)
                .extracting(
                        TagListState::version,
                        state -> Objects.requireNonNull(state.current())
                                .list()
                                .tags()
                                .getFirst()
                                .name(),
                        state -> Objects.requireNonNull(state.current()).staleBecause() != null,
                        TagListState::invalidated)
                .containsExactly(
                        tuple(1L, "VIP", false, false),
                        tuple(2L, "Very", false, false),
                        tuple(3L, "Very", true, false),
                        tuple(4L, "Very", true, true));
        assertThat(heard.getFirst().before()).isEqualTo(TagListState.INITIAL.loading(load(0)));
        assertThat(heard.get(1).before()).isEqualTo(heard.get(0).after());
    }

    @Test
    void loadThatIsSupersededByAWriteIsNoTransition() {
        Sinks.Empty<Void> go = Sinks.empty();
        vendor.answerWith(SourceAssertions.require(vendor.list()), go.asMono());
        CompletableFuture<@Nullable TagList> load =
                source.list().contextWrite(TestOperation.context()).toFuture();
        vendor.answerWith(null, Mono.empty());
        source.update(vip, new TagChange("Very", null, null))
                .contextWrite(TestOperation.context())
                .block();
        go.tryEmitEmpty().orThrow();
        load.join();
        assertThat(heard).hasSize(1);
        assertThat(source.cached()).isNull();
    }

    @Test
    void currentListIsReloadedWhenANewerOneWasReturned() {
        SourceAssertions.require(source.list());
        Sinks.Empty<Void> go = Sinks.empty();
        clock.advance(Duration.ofSeconds(1));
        vendor.answerWith(
                SourceAssertions.require(vendor.with(SampleFactory.tag(Vendor.SIPSIM, "2", "New"))
                        .list()),
                go.asMono());
        CompletableFuture<@Nullable TagList> overtaken =
                source.reloadList().contextWrite(TestOperation.context()).toFuture();
        vendor.fail(FailureReason.TIMEOUT);
        source.reloadList()
                .onErrorComplete()
                .contextWrite(TestOperation.context())
                .block();
        vendor.fail(null);
        vendor.answerWith(null, Mono.empty());
        go.tryEmitEmpty().orThrow();
        assertThat(Objects.requireNonNull(overtaken.join()).find("2")).isNotNull();
        assertThat(SourceAssertions.require(source.list()).find("2")).isNotNull();
    }

    @Test
    void listHasTheVersionOfItsTransition() {
        assertThat(SourceAssertions.require(source.list()).version()).isEqualTo(1);
        source.update(vip, new TagChange("Very", null, null))
                .contextWrite(TestOperation.context())
                .block();
        TagList written = SourceAssertions.require(source.list());
        assertThat(written.version()).isEqualTo(2);
        vendor.fail(FailureReason.TIMEOUT);
        source.reloadList()
                .onErrorComplete()
                .contextWrite(TestOperation.context())
                .block();
        assertThat(SourceAssertions.require(source.list())).isSameAs(written);
    }

    @Test
    void listenerIsNotifiedOutsideOfTheLock() {
        List<@Nullable TagListResult> seen = new ArrayList<>();
        TagListCache[] own = new TagListCache[1];
        own[0] = account((before, after) -> {
            seen.add(own[0].cached());
            if (after.version() == 1) {
                own[0].update(vip, new TagChange("Very", null, null))
                        .contextWrite(TestOperation.context())
                        .block();
            }
        });
        own[0].list().contextWrite(TestOperation.context()).block();
        assertThat(seen)
                .extracting(response -> Objects.requireNonNull(response).list().version())
                .containsExactly(1L, 2L);
    }

    @Test
    void listenerReceivesLaterMessagesAfterItHasFailed() {
        List<Long> versions = new ArrayList<>();
        TagListCache failing = account((before, after) -> {
            versions.add(after.version());
            throw new IllegalStateException("broken");
        });
        failing.list().contextWrite(TestOperation.context()).block();
        failing.reloadList().contextWrite(TestOperation.context()).block();
        assertThat(versions).containsExactly(1L, 2L);
    }

    @Test
    void transitionsOfManyThreadsArePublishedInOrder() {
        CompletableFuture<?>[] writers = IntStream.range(0, 4)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> IntStream.range(0, 250)
                        .forEach(number -> source.update(vip, new TagChange(writer + "-" + number, null, null))
                                .contextWrite(TestOperation.context())
                                .block())))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(writers).join();
        assertThat(heard.stream().map(transition -> transition.after().version()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1000).boxed().toList());
    }

    @Test
    void versionsContinueWhenTheListHasExpired() {
        source.list().contextWrite(TestOperation.context()).block();
        clock.advance(Duration.ofHours(2));
        assertThat(source.cached()).isNull();
        assertThat(SourceAssertions.require(source.list()).version()).isEqualTo(2);
        Transition landing = heard.getLast();
        assertThat(landing.before().current()).isNull();
        assertThat(landing.before().known().tags()).containsExactly(vip);
    }

    @Test
    void expiredListIsReleasedWithoutListeners() {
        source.list().contextWrite(TestOperation.context()).block();
        watched = false;
        clock.advance(Duration.ofHours(2));
        assertThat(source.cached()).isNull();
        assertThat(SourceAssertions.require(source.list()).version()).isEqualTo(2);
        assertThat(heard.getLast().before().known().tags()).isEmpty();
        assertThat(heard.getLast().after().changesSince(heard.getLast().before(), clock.instant()))
                .isEmpty();
    }

    @Test
    void loadIsCachedWhenTheListExpiresMeanwhile() {
        source.list().contextWrite(TestOperation.context()).block();
        Sinks.Empty<Void> go = Sinks.empty();
        vendor.delayUntil(go.asMono());
        clock.advance(Duration.ofMinutes(50));
        CompletableFuture<@Nullable TagList> load =
                source.list().contextWrite(TestOperation.context()).toFuture();
        clock.advance(Duration.ofMinutes(50));
        assertThat(source.cached()).isNull();
        go.tryEmitEmpty().orThrow();
        assertThat(load.join()).isNotNull().isSameAs(SourceAssertions.require(source.list()));
        assertThat(vendor.requests()).isEqualTo(2);
    }

    @Test
    void numberOfCachedTagsOfAllAccountsIsBounded() {
        TagListCache other = account((before, after) -> {});
        vendor.with(vip, SampleFactory.tag(Vendor.SIPSIM, "2", "Spam"));
        source.list().contextWrite(TestOperation.context()).block();
        other.list().contextWrite(TestOperation.context()).block();
        await().until(() -> Stream.of(source, other)
                        .map(TagListCache::cached)
                        .filter(Objects::nonNull)
                        .count()
                == 1);
        TagListResult again = SourceAssertions.require(source.result());
        assertThat(again.list().tags()).hasSize(2);
    }

    @Test
    void nothingIsCachedForAClosedAccount() {
        Sinks.Empty<Void> go = Sinks.empty();
        source.list().contextWrite(TestOperation.context()).block();
        vendor.delayUntil(go.asMono());
        CompletableFuture<@Nullable TagList> load =
                source.reloadList().contextWrite(TestOperation.context()).toFuture();
        source.close();
        go.tryEmitEmpty().orThrow();
        load.join();
        assertThat(source.cached()).isNull();
    }

    @Test
    void updateThatAnotherReplicaMayHaveChangedBackIsNotApplied() {
        TagList list = TagList.of(List.of(vip), SampleFactory.NOON);
        Tag very = SampleFactory.tag(Vendor.SIPSIM, "1", "Very");
        TagListState written = TagListState.INITIAL.written(new TagListWrite(vip, very, null, SampleFactory.NOON));
        assertThat(written.withWrites(list).tags()).containsExactly(very);
        assertThat(tagsAfter(written, Change.UNKNOWN, list)).containsExactly(vip);
        assertThat(tagsAfter(written, Change.of(very), list)).containsExactly(vip);
        assertThat(tagsAfter(written, Change.deleted(very), list)).containsExactly(vip);
    }

    @Test
    void updateIsAppliedAfterAChangeOfAnotherTagElsewhere() {
        TagList list = TagList.of(List.of(vip), SampleFactory.NOON);
        Tag very = SampleFactory.tag(Vendor.SIPSIM, "1", "Very");
        TagListState written = TagListState.INITIAL.written(new TagListWrite(vip, very, null, SampleFactory.NOON));
        Tag spam = SampleFactory.tag(Vendor.SIPSIM, "2", "Spam");
        assertThat(tagsAfter(written, Change.of(spam), list)).containsExactly(very);
        assertThat(tagsAfter(written, Change.deleted(spam), list)).containsExactly(very);
    }

    @Test
    void createdTagIsShownUntilItIsDeletedElsewhere() {
        TagList list = TagList.of(List.of(), SampleFactory.NOON);
        TagListState written = TagListState.INITIAL.written(new TagListWrite(null, vip, null, SampleFactory.NOON));
        assertThat(tagsAfter(written, Change.UNKNOWN, list)).containsExactly(vip);
        assertThat(tagsAfter(written, Change.of(vip), list)).containsExactly(vip);
        assertThat(tagsAfter(written, Change.deleted(vip), list)).isEmpty();
    }

    @Test
    void deletedTagStaysHiddenAfterAnyChangeElsewhere() {
        TagList list = TagList.of(List.of(vip), SampleFactory.NOON);
        TagListState written = TagListState.INITIAL.written(new TagListWrite(vip, null, null, SampleFactory.NOON));
        assertThat(tagsAfter(written, Change.UNKNOWN, list)).isEmpty();
        assertThat(tagsAfter(written, Change.deleted(vip), list)).isEmpty();
    }

    private static List<Tag> tagsAfter(TagListState written, Change elsewhere, TagList list) {
        return written.changedElsewhere(elsewhere).withWrites(list).tags();
    }

    private CompletableFuture<TagList> load(int index) {
        return Objects.requireNonNull(heard.get(index).before().load());
    }

    private TagListCache account(BiConsumer<TagListState, TagListState> listener) {
        return new TagListCache(
                new CachedSource(
                        vendor,
                        false,
                        new LocalKeyedLock(vendor.vendor()),
                        TagListExchange.NONE.join(
                                new TagListExchange.Account(Tenant.DEFAULT, "test"), vendor.vendor(), change -> {})),
                new TagListEntry(vendor.vendor(), states, list -> false, listener, () -> watched),
                FRESHNESS,
                clock);
    }
}
