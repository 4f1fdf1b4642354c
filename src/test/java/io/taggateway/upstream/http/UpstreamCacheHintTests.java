package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.CacheHint;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.Failures;
import io.taggateway.tagging.source.InMemoryTagSource;
import io.taggateway.tagging.source.Samples;
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

    private final SettableClock clock = new SettableClock(Samples.NOON);
    private final UpstreamKit kit = new UpstreamKit(clock);
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
                new InMemoryTagSource(Vendor.SIPSIM, clock).with(Samples.tag(Vendor.SIPSIM, "1", "Tag"));
        TagSource source = kit.caching(vendor);
        for (int user = 0; user < 3; user++) {
            CacheHint hint = used(source.list());
            assertThat(hint.freshFor()).isEqualTo(FRESH_FOR);
            assertThat(hint.freshUntil()).isEqualTo(Samples.NOON.plus(FRESH_FOR));
            assertThat(hint.fetchedAt()).isEqualTo(Samples.NOON);
            assertThat(hint.isCurrent()).isTrue();
            clock.advance(Duration.ofSeconds(10));
        }
        vendor.fail(FailureReason.TIMEOUT);
        clock.advance(Duration.ofMinutes(10));
        CacheHint stale = usedBy(TestOperation.begin(), source.list());
        assertThat(stale.freshFor()).isZero();
        assertThat(stale.isCurrent()).isFalse();
        assertThat(stale.fetchedAt()).isEqualTo(Samples.NOON);
    }

    @Test
    void readIsNeverCacheable() {
        server.answer(ScriptedServer.Reply.json("{}"));
        UpstreamClient client = kit.client(new UpstreamClient.Target(
                Vendor.SIPSIM,
                server.baseUrl(),
                Credentials.fixed("x-api-key", "secret"),
                UpstreamKit.settings(UpstreamKit.PATIENCE)));
        for (UpstreamRequest request : List.of(
                UpstreamRequest.get("list", "/calls"),
                UpstreamRequest.get("list", "/calls"),
                UpstreamRequest.search("search", "{}", "/search"))) {
            assertPerishable(used(UpstreamKit.send(client, request)));
        }
        server.answer(ScriptedServer.Reply.status(404, Map.of()));
        assertPerishable(used(UpstreamKit.send(client, UpstreamRequest.get("find", "/calls/1"))));
    }

    private void assertPerishable(CacheHint hint) {
        assertThat(hint.freshFor()).isZero();
        assertThat(hint.isCurrent()).isFalse();
        assertThat(hint.fetchedAt()).isEqualTo(Samples.NOON);
    }

    /** Each response alone, in one operation with one vendor request. */
    private CacheHint used(Mono<?> answer) {
        return usedBy(
                new OperationContext(
                        operation.origin(),
                        operation.deadline(),
                        operation.cancellation(),
                        operation.requests(),
                        new CacheHint()),
                answer);
    }

    private static CacheHint usedBy(OperationContext operation, Mono<?> answer) {
        Failures.require(answer.contextWrite(operation::in).materialize());
        return operation.cacheHint();
    }
}
