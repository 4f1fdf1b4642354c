package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.CacheHint;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.InMemoryTagSource;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.TagSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Tests of the cache hints of vendor responses. */
class UpstreamCacheHintTests {

    private static final Duration FRESH_FOR = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final UpstreamFixture kit = new UpstreamFixture(clock);
    private final ScriptedServer server = new ScriptedServer();
    private final OperationContext operation = TestOperation.begin();

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    @Test
    void listIsFreshFromItsFetchForEachOperation() {
        InMemoryTagSource vendor =
                new InMemoryTagSource(Vendor.SIPSIM, clock).with(SampleFactory.tag(Vendor.SIPSIM, "1", "Tag"));
        TagSource source = kit.caching(vendor);
        for (int user = 0; user < 3; user++) {
            CacheHint hint = used(source.list());
            assertThat(hint.freshFor()).isEqualTo(FRESH_FOR);
            assertThat(hint.freshUntil()).isEqualTo(SampleFactory.NOON.plus(FRESH_FOR));
            assertThat(hint.fetchedAt()).isEqualTo(SampleFactory.NOON);
            assertThat(hint.isCurrent()).isTrue();
            clock.advance(Duration.ofSeconds(10));
        }
        vendor.fail(FailureReason.TIMEOUT);
        clock.advance(Duration.ofMinutes(10));
        CacheHint stale = usedBy(TestOperation.begin(), source.list());
        assertThat(stale.freshFor()).isZero();
        assertThat(stale.isCurrent()).isFalse();
        assertThat(stale.fetchedAt()).isEqualTo(SampleFactory.NOON);
    }

    @Test
    void readIsNeverCacheable() {
        server.answer(ScriptedServer.Reply.json("{}"));
        UpstreamClient client = kit.client(new UpstreamClient.Target(
                Vendor.SIPSIM,
                server.baseUrl(),
                Credentials.fixed("x-api-key", "secret"),
                UpstreamFixture.settings(UpstreamFixture.PATIENCE)));
        for (UpstreamRequest request : List.of(
                UpstreamRequest.get("list", "/calls"),
                UpstreamRequest.get("list", "/calls"),
                UpstreamRequest.search("search", "{}", "/search"))) {
            assertPerishable(used(UpstreamFixture.send(client, request)));
        }
        server.answer(ScriptedServer.Reply.status(404, Map.of()));
        assertPerishable(used(UpstreamFixture.send(client, UpstreamRequest.get("find", "/calls/1"))));
    }

    private void assertPerishable(CacheHint hint) {
        assertThat(hint.freshFor()).isZero();
        assertThat(hint.isCurrent()).isFalse();
        assertThat(hint.fetchedAt()).isEqualTo(SampleFactory.NOON);
    }

    /** Each response alone, in one operation with one vendor request. */
    private CacheHint used(Mono<?> response) {
        return usedBy(
                new OperationContext(
                        operation.origin(),
                        operation.deadline(),
                        operation.cancellation(),
                        operation.requests(),
                        new CacheHint()),
                response);
    }

    private static CacheHint usedBy(OperationContext operation, Mono<?> response) {
        SourceAssertions.require(response.contextWrite(operation::in).materialize());
        return operation.cacheHint();
    }
}
