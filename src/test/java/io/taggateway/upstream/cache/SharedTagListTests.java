package io.taggateway.upstream.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.InMemoryTagSource;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.cache.TagListExchange.Change;
import io.taggateway.upstream.guard.LocalKeyedLock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Tests of a cache whose replicas have stored a list. */
class SharedTagListTests {

    private static final Freshness FRESHNESS =
            new Freshness(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1));

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final InMemoryTagSource vendor =
            new InMemoryTagSource(Vendor.SIPSIM, clock).with(SampleFactory.tag(Vendor.SIPSIM, "1", "Vendor's"));
    private final TagListExchange.Member replicas =
            new StoringMember(TagList.of(List.of(SampleFactory.tag(Vendor.SIPSIM, "2", "Stored")), SampleFactory.NOON));
    private final TagSource source = new TagListCache(
            new CachedSource(vendor, true, new LocalKeyedLock(Vendor.SIPSIM), replicas),
            new TagListEntry(
                    Vendor.SIPSIM,
                    TagSourceFactory.cache(TagSourceFactory.MAX_TAGS, FRESHNESS, clock),
                    list -> true,
                    (before, after) -> {},
                    () -> false),
            FRESHNESS,
            clock);

    private void assertNames(Mono<TagList> list, String name) {
        TestOperation.verify(list)
                .assertNext(
                        found -> assertThat(found.tags()).extracting(Tag::name).containsExactly(name))
                .verifyComplete();
    }

    @Test
    void storedListIsUsedWithoutAVendorRequest() {
        assertNames(source.list(), "Stored");
        assertThat(vendor.requests()).isZero();
    }

    @Test
    void vendorRequestIsSentForATagThatTheStoredListLacks() {
        assertNames(source.list(), "Stored");
        assertNames(source.listFor(List.of("1")).map(TagSource.TagListResult::list), "Vendor's");
        assertThat(vendor.requests()).isEqualTo(1);
    }

    @Test
    void vendorRequestIsSentForAFreshList() {
        assertNames(source.reloadList(), "Vendor's");
    }

    @Test
    void storedListOfTheReplicaThatPollsIsLoadedWithoutAVendorRequest() {
        TestOperation.verify(source.loadStored()).verifyComplete();
        assertThat(source.cached()).isNotNull();
        assertNames(source.list(), "Stored");
        assertThat(vendor.requests()).isZero();
    }

    @Test
    void storedListDoesNotReplaceALaterOne() {
        clock.advance(Duration.ofSeconds(1));
        assertNames(source.reloadList(), "Vendor's");
        TestOperation.verify(source.loadStored()).verifyComplete();
        assertNames(source.list(), "Vendor's");
    }

    /** Replicas that have stored one list. */
    private record StoringMember(TagList stored) implements TagListExchange.Member {

        @Override
        public Mono<TagList> load(Mono<TagList> request, boolean afresh) {
            return afresh ? request : Mono.just(stored);
        }

        @Override
        public Mono<Void> publish(Change change) {
            return Mono.empty();
        }

        @Override
        public Mono<Boolean> catchUp() {
            return Mono.just(false);
        }

        @Override
        public void close() {
            // There is nothing to close
        }
    }
}
