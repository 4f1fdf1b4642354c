package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.taggateway.support.JsonClient;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Tests of tag lists that the vendor returned before a write and the gateway receives after it. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class OverlappingLoadTests {

    private final AtomicReference<InterceptingProxy> started = new AtomicReference<>();
    private final SandboxedGateway gateway = SandboxedGateway.startBehind(sandbox -> {
        started.set(new InterceptingProxy(sandbox.sipsim().origin()));
        return Map.of("SIPSIM_BASE_URL", started.get().origin() + "/api/v2", "SIPSIM_RESPONSE_TIMEOUT", "30s");
    });
    private final InterceptingProxy proxy = started.get();

    @AfterAll
    void close() {
        gateway.close();
        proxy.close();
    }

    /** The age of the cached list when the load begins. */
    enum Age {
        NOTHING_CACHED(Duration.ofHours(2)),
        STALE(Duration.ofMinutes(1)),
        EXPIRED(Duration.ofMinutes(10));

        private final Duration duration;

        Age(Duration duration) {
            this.duration = duration;
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesStayVisibleWhenAnEarlierLoadEndsAfterThem(Age age) {
        gateway.sandbox().sipsim().reset();
        gateway.sandbox().swipeone().reset();
        gateway.clock().advance(Duration.ofHours(2));
        names();
        gateway.clock().advance(age.duration);
        CompletableFuture<Void> listed = new CompletableFuture<>();
        CompletableFuture<Void> written = new CompletableFuture<>();
        proxy.after("GET", "/tags", () -> {
            listed.complete(null);
            written.join();
        });
        CompletableFuture<JsonNode> query = JsonClient.executeAsync(gateway.url(), "{ tags { nodes { name } } }");
        assertThat(listed).succeedsWithin(Duration.ofSeconds(20));
        assertThat(MutationResponse.of(gateway.url(), "deleteTag(input: {id: \"sipsim:tag:11\"})")
                        .result())
                .isEqualTo("SIPSIM DELETED");
        assertThat(MutationResponse.of(gateway.url(), "createTag(input: {name: \"Gold\", color: \"gold\"})")
                        .results())
                .containsExactly("SIPSIM CREATED", "SWIPEONE CREATED");
        assertThat(names()).contains("Gold").doesNotContain("Spam");
        written.complete(null);
        query.join();
        await().until(() -> endedLoads() == startedLoads());
        assertThat(names()).contains("Gold").doesNotContain("Spam");
    }

    private List<String> names() {
        return gateway.gateway().caller().texts("{ tags(first: 100) { nodes { name } } }", "tags.nodes[*].name");
    }

    private long startedLoads() {
        return gateway.sandbox().sipsim().requests().stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().endsWith("/tags"))
                .count();
    }

    private long endedLoads() {
        return gateway
                .gateway()
                .context()
                .getBean(MeterRegistry.class)
                .find("taggateway.source.fetch")
                .timers()
                .stream()
                .filter(timer -> "sipsim".equals(timer.getId().getTag("vendor"))
                        && "listTags".equals(timer.getId().getTag("operation")))
                .mapToLong(Timer::count)
                .sum();
    }
}
