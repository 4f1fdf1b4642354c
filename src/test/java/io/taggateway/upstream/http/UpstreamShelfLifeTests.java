package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.SettableClock;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationMemo;
import io.taggateway.tagging.operation.ShelfLife;
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
import reactor.util.context.Context;

/** What operations are told of how long the vendors' answers are good. */
class UpstreamShelfLifeTests {

    private static final Duration FRESH_FOR = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock(Samples.NOON);
    private final UpstreamKit kit = new UpstreamKit(clock);
    private final ScriptedServer server = new ScriptedServer();
    private final Context operation = OperationMemo.startIn(Context.empty());

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    @Test
    void listIsGoodFromWhenTheVendorGaveItForWhoeverUsesIt() {
        InMemoryTagSource vendor =
                new InMemoryTagSource(Vendor.SIPSIM, clock).with(Samples.tag(Vendor.SIPSIM, "1", "Tag"));
        TagSource source = kit.caching(vendor);
        for (int user = 0; user < 3; user++) {
            ShelfLife shelfLife = used(source.list());
            assertThat(shelfLife.freshFor()).isEqualTo(FRESH_FOR);
            assertThat(shelfLife.oldest()).isEqualTo(Samples.NOON);
            clock.advance(Duration.ofSeconds(10));
        }
        vendor.fail(FailureReason.TIMEOUT);
        clock.advance(Duration.ofMinutes(10));
        ShelfLife stale = usedBy(Context.empty(), source.list());
        assertThat(stale.freshFor()).isZero();
        assertThat(stale.oldest()).isEqualTo(Samples.NOON);
    }

    @Test
    void readIsGoodForNobodyElseEvenWhereNothingIsThere() {
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
            assertPerishable(used(client.send(request)));
        }
        server.answer(ScriptedServer.Reply.status(404, Map.of()));
        assertPerishable(used(client.send(UpstreamRequest.get("find", "/calls/1"))));
    }

    private void assertPerishable(ShelfLife shelfLife) {
        assertThat(shelfLife.freshFor()).isZero();
        assertThat(shelfLife.oldest()).isEqualTo(Samples.NOON);
    }

    private ShelfLife used(Mono<?> answer) {
        return usedBy(operation, answer);
    }

    private static ShelfLife usedBy(Context operation, Mono<?> answer) {
        ShelfLife shelfLife = new ShelfLife();
        Failures.require(answer.contextWrite(shelfLife.startIn(operation)).materialize());
        return shelfLife;
    }
}
