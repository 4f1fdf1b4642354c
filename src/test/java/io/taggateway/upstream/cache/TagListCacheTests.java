package io.taggateway.upstream.cache;

import static io.taggateway.tagging.source.SourceAssertions.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Cache;
import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.InMemoryTagSource;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.source.TagSource.TagListResult;
import io.taggateway.upstream.guard.KeyedLock;
import io.taggateway.upstream.guard.LocalKeyedLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Tests of the freshness of cached lists, and of reloads. */
class TagListCacheTests {

    private static final Freshness FRESHNESS =
            new Freshness(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1));

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final InMemoryTagSource vendor =
            new InMemoryTagSource(Vendor.SIPSIM, clock).with(SampleFactory.tag(Vendor.SIPSIM, "1", "Old"));
    private final Cache<TagListEntry, TagListState> states =
            TagSourceFactory.cache(TagSourceFactory.MAX_TAGS, FRESHNESS, clock);
    private final TagSource source = caching(false);

    @Test
    void freshListIsReturnedWithoutAVendorRequest() {
        TagList first = list();
        clock.advance(Duration.ofSeconds(29));
        assertThat(list()).isSameAs(first);
        assertThat(vendor.requests()).isEqualTo(1);
    }

    @Test
    void olderListIsReturnedAndReloadedInBackground() {
        list();
        vendor.with(SampleFactory.tag(Vendor.SIPSIM, "1", "New"));
        clock.advance(Duration.ofSeconds(30));
        assertThat(names()).containsExactly("Old");
        assertThat(vendor.requests()).isEqualTo(2);
        assertThat(names()).containsExactly("New");
        assertThat(list().fetchedAt()).isEqualTo(SampleFactory.NOON.plusSeconds(30));
    }

    @Test
    void olderListIsReturnedAtOnceWhenTheVendorHangs() {
        list();
        vendor.delayUntil(Mono.never());
        clock.advance(Duration.ofMinutes(4));
        assertThat(names()).containsExactly("Old");
        assertThat(names()).containsExactly("Old");
        assertThat(vendor.requests()).isEqualTo(2);
    }

    @Test
    void expiredListIsLoadedBeforeItIsReturned() {
        list();
        vendor.with(SampleFactory.tag(Vendor.SIPSIM, "1", "New"));
        clock.advance(Duration.ofMinutes(5));
        assertThat(names()).containsExactly("New");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AUTH_FAILED", "FORBIDDEN", "REQUEST_LIMIT"})
    void expiredListIsReturnedAsStaleWhenTheVendorFails(FailureReason reason) {
        list();
        vendor.fail(reason);
        clock.advance(Duration.ofMinutes(59));
        TagListResult stale = result();
        assertThat(stale.list().tags()).extracting(Tag::name).containsExactly("Old");
        assertThat(stale.list().fetchedAt()).isEqualTo(SampleFactory.NOON);
        assertThat(Objects.requireNonNull(stale.staleBecause()).reason()).isEqualTo(reason);
        vendor.fail(null);
        assertThat(result().staleBecause()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTH_FAILED", "FORBIDDEN"})
    void expiredListIsNotReturnedWhenTheCredentialsAreRefused(FailureReason reason) {
        list();
        vendor.fail(reason);
        clock.advance(Duration.ofMinutes(5));
        assertFails(source.list(), reason);
    }

    @Test
    void listOlderThanAnHourIsNotReturned() {
        list();
        vendor.fail(FailureReason.TIMEOUT);
        clock.advance(Duration.ofHours(1).plusMillis(1));
        assertFails(source.list(), FailureReason.TIMEOUT);
        assertThat(source.cached()).isNull();
    }

    @Test
    void failuresDoNotExtendTheLifetimeOfAList() {
        list();
        vendor.fail(FailureReason.TIMEOUT);
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(19));
            assertThat(result().staleBecause()).isNotNull();
        }
        clock.advance(Duration.ofMinutes(4));
        assertFails(source.list(), FailureReason.TIMEOUT);
    }

    @Test
    void writesAfterFailuresDoNotExtendTheLifetimeOfAList() {
        Tag tag = list().tags().getFirst();
        vendor.fail(FailureReason.TIMEOUT);
        clock.advance(Duration.ofMinutes(40));
        assertThat(result().staleBecause()).isNotNull();
        vendor.fail(null);
        require(source.update(tag, new TagChange("Written", null, null)));
        clock.advance(Duration.ofMinutes(19));
        assertThat(Objects.requireNonNull(source.cached()).list().tags())
                .extracting(Tag::name)
                .containsExactly("Written");
        clock.advance(Duration.ofMinutes(2));
        assertThat(source.cached()).isNull();
    }

    @Test
    void listIsStaleAfterAFailedReload() {
        list();
        vendor.fail(FailureReason.RATE_LIMITED);
        clock.advance(Duration.ofMinutes(1));
        assertThat(result().staleBecause()).isNull();
        assertThat(Objects.requireNonNull(result().staleBecause()).reason()).isEqualTo(FailureReason.RATE_LIMITED);
    }

    @Test
    void failureOfASupersededLoadDoesNotMakeALaterListStale() {
        list();
        Sinks.Empty<Void> slow = Sinks.empty();
        vendor.delayUntil(slow.asMono());
        clock.advance(Duration.ofMinutes(1));
        list();
        vendor.delayUntil(Mono.empty());
        source.reloadList().contextWrite(TestOperation.context()).block();
        slow.tryEmitError(SourceException.of(Vendor.SIPSIM, FailureReason.TIMEOUT));
        assertThat(result().staleBecause()).isNull();
        assertThat(vendor.requests()).isEqualTo(3);
    }

    @Test
    void failureIsNotCached() {
        vendor.fail(FailureReason.UNAVAILABLE);
        assertFails(source.list(), FailureReason.UNAVAILABLE);
        vendor.fail(null);
        assertThat(names()).containsExactly("Old");
        assertThat(vendor.requests()).isEqualTo(2);
    }

    @Test
    void fiftyCallersShareOneRequest() {
        Sinks.Empty<Void> event = Sinks.empty();
        vendor.delayUntil(event.asMono());
        List<@Nullable TagList> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            source.list().contextWrite(TestOperation.context()).subscribe(answers::add);
        }
        assertThat(answers).isEmpty();
        event.tryEmitEmpty().orThrow();
        assertThat(answers).hasSize(50).doesNotContainNull();
        assertThat(vendor.requests()).isEqualTo(1);
    }

    @Test
    void fiftyCallersShareOneFailure() {
        Sinks.Empty<Void> event = Sinks.empty();
        vendor.delayUntil(event.asMono().then(Mono.error(() -> new IllegalStateException("broken"))));
        List<Throwable> errors = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            source.list().contextWrite(TestOperation.context()).subscribe(list -> {}, errors::add);
        }
        event.tryEmitEmpty().orThrow();
        assertThat(errors).hasSize(50).hasOnlyElementsOfType(IllegalStateException.class);
        assertThat(vendor.requests()).isEqualTo(1);
    }

    @Test
    void loadContinuesWhenOneCallerCancels() {
        Sinks.Empty<Void> event = Sinks.empty();
        vendor.delayUntil(event.asMono());
        Disposable leaving = source.list().contextWrite(TestOperation.context()).subscribe();
        List<TagList> answers = new ArrayList<>();
        source.list().contextWrite(TestOperation.context()).subscribe(answers::add);
        leaving.dispose();
        event.tryEmitEmpty().orThrow();
        assertThat(answers).hasSize(1);
        assertThat(vendor.requests()).isEqualTo(1);
        assertThat(list()).isSameAs(answers.getFirst());
    }

    @Test
    void accountsShareNothing() {
        TagSource other = caching(false);
        list();
        vendor.with(SampleFactory.tag(Vendor.SIPSIM, "1", "Theirs"));
        assertThat(other.cached()).isNull();
        assertThat(require(other.list()).tags()).extracting(Tag::name).containsExactly("Theirs");
        assertThat(names()).containsExactly("Old");
    }

    @Test
    void noRequestIsSentForUnknownTagWithoutSingleReads() {
        list();
        TestOperation.verify(source.find("2")).verifyComplete();
        TestOperation.verify(source.find("1")).expectNextCount(1).verifyComplete();
        assertThat(vendor.requests()).isEqualTo(1);
    }

    @Test
    void unknownTagIsRequestedFromTheVendorWhenTheListIsOlder() {
        TagSource single = caching(true);
        TestOperation.verify(single.find("2")).verifyComplete();
        assertThat(vendor.requests()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        vendor.with(SampleFactory.tag(Vendor.SIPSIM, "2", "Newest"));
        TestOperation.verify(single.find("2").map(Tag::name))
                .expectNext("Newest")
                .verifyComplete();
        assertThat(vendor.requests()).isEqualTo(2);
    }

    @Test
    void listWithAllRequestedTagsIsReturnedUnchanged() {
        TagSource single = caching(true);
        require(single.listFor(List.of("1", "2")));
        clock.advance(Duration.ofSeconds(1));
        require(single.listFor(List.of("1")));
        assertThat(vendor.requests()).isEqualTo(1);
    }

    @Test
    void listWithoutTheTagIsReloadedWhenTheVendorHasSingleTags() {
        TagSource single = caching(true);
        TagList old = require(single.list());
        clock.advance(Duration.ofSeconds(1));
        vendor.with(SampleFactory.tag(Vendor.SIPSIM, "2", "Newest"));
        TagList renewed = require(single.listFor(List.of("1", "2", "3"))).list();
        assertThat(renewed.tags()).extracting(Tag::name).containsExactly("Newest");
        assertThat(vendor.requests()).isEqualTo(2);
        assertThat(require(single.list())).isSameAs(renewed).isNotSameAs(old);
    }

    @Test
    void freshnessIsThatOfTheReloadedList() {
        TagSource single = caching(true);
        require(single.list());
        clock.advance(Duration.ofSeconds(20));
        OperationContext operation = TestOperation.begin();
        require(single.listFor(List.of("2")).contextWrite(operation::in));
        assertThat(operation.cacheHint().fetchedAt()).isEqualTo(SampleFactory.NOON.plusSeconds(20));
        assertThat(operation.cacheHint().freshFor()).isEqualTo(FRESHNESS.freshFor());
    }

    @Test
    void responseIsCurrentUntilItsListIsReplacedOrInvalidated() {
        OperationContext first = used();
        assertThat(first.cacheHint().isCurrent()).isTrue();
        assertThat(first.cacheHint().freshUntil()).isEqualTo(SampleFactory.NOON.plus(FRESHNESS.freshFor()));
        require(source.update(list().tags().getFirst(), new TagChange("Written", null, null)));
        assertThat(first.cacheHint().isCurrent()).isFalse();
        OperationContext second = used();
        assertThat(second.cacheHint().isCurrent()).isTrue();
        vendor.fail(FailureReason.TIMEOUT);
        assertFails(source.create(new TagDraft("New", null, null)), FailureReason.TIMEOUT);
        assertThat(second.cacheHint().isCurrent()).isFalse();
    }

    @Test
    void listWithoutTheTagIsReturnedWhenTheVendorHasNoSingleTags() {
        TagList list = list();
        assertThat(require(source.listFor(List.of("2"))).list()).isSameAs(list);
        assertThat(vendor.requests()).isEqualTo(1);
    }

    @Test
    void listIsStaleWhenReloadFails() {
        TagSource single = caching(true);
        require(single.list());
        vendor.fail(FailureReason.FORBIDDEN);
        TagListResult held = require(single.listFor(List.of("2")));
        assertThat(held.list().tags()).extracting(Tag::name).containsExactly("Old");
        assertThat(Objects.requireNonNull(held.staleBecause()).reason()).isEqualTo(FailureReason.FORBIDDEN);
        clock.advance(Duration.ofMinutes(5));
        assertFails(single.listFor(List.of("2")), FailureReason.FORBIDDEN);
        vendor.fail(FailureReason.TIMEOUT);
        assertThat(require(single.listFor(List.of("2"))).staleBecause()).isNotNull();
        assertThat(vendor.requests()).isEqualTo(4);
    }

    @Test
    void durationsAreRefusedWhenOneIsShorterThanThePrevious() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Freshness(second, Duration.ZERO, second)).hasMessageContaining("fresh-for");
        assertThatThrownBy(() -> new Freshness(second, second, Duration.ZERO)).hasMessageContaining("stale-if-error");
        assertThatThrownBy(() -> new Freshness(second.negated(), second, second))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private TagList list() {
        return require(source.list());
    }

    private OperationContext used() {
        OperationContext operation = TestOperation.begin();
        require(source.list().contextWrite(operation::in));
        return operation;
    }

    private TagListResult result() {
        return require(source.result());
    }

    private List<String> names() {
        return list().tags().stream().map(Tag::name).toList();
    }

    private static void assertFails(Mono<?> response, FailureReason reason) {
        TestOperation.verify(response)
                .verifyErrorSatisfies(error -> assertThat(error).hasFieldOrPropertyWithValue("reason", reason));
    }

    @Test
    void listIsReturnedAfterAChangeOfAnotherReplicaOnlyWhenItsReloadFails() {
        TagListEntry entry = entry();
        TagSource replicated = caching(entry, false);
        TestOperation.verify(replicated.list()).expectNextCount(1).verifyComplete();
        vendor.fail(FailureReason.UNAVAILABLE);
        entry.take(state -> state.changedElsewhere(TagListExchange.Change.UNKNOWN));
        assertThat(replicated.cached()).isNull();
        TestOperation.verify(replicated.result())
                .assertNext(stale -> assertThat(stale.staleBecause()).isNotNull())
                .verifyComplete();
        vendor.fail(null);
        TestOperation.verify(replicated.result())
                .assertNext(fresh -> assertThat(fresh.staleBecause()).isNull())
                .verifyComplete();
        assertThat(replicated.cached()).isNotNull();
    }

    private TagListEntry entry() {
        return new TagListEntry(
                vendor.vendor(),
                states,
                list -> list.fetchedAt().plus(FRESHNESS.freshFor()).isAfter(clock.instant()),
                (before, after) -> {},
                () -> false);
    }

    private TagSource caching(boolean findsSingly) {
        return caching(entry(), findsSingly);
    }

    private TagSource caching(TagListEntry entry, boolean findsSingly) {
        KeyedLock lock = new LocalKeyedLock(vendor.vendor());
        return new TagListCache(
                new CachedSource(
                        vendor,
                        findsSingly,
                        lock,
                        TagListExchange.NONE.join(
                                new TagListExchange.Account(Tenant.DEFAULT, "test"), vendor.vendor(), change -> {})),
                entry,
                FRESHNESS,
                clock);
    }
}
