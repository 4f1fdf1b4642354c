package io.taggateway.access.cache;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQLContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.operation.Caller;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.OperationContext.Origin;
import io.taggateway.tagging.operation.OperationDeadline;
import io.taggateway.tagging.paging.CursorCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Tests of callers that join and disconnect while an execution ends: no caller waits forever, and nothing remains. */
class SharedFlightRaceTests {

    private static final int ROUNDS = 2_000;
    private static final int CALLERS = 4;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SharedFlightRegistry flights = new SharedFlightRegistry(true, meters, false, System::nanoTime);
    private final VendorDirectory directory = new VendorDirectory(
            new AccountSet(List.of(), new CursorCodec(new byte[] {1})), new ChangeFeed(1), Duration.ofMinutes(1));
    private final RequestKey key = new RequestKey(Caller.ANYONE, "POST", new byte[] {1});
    private final ExecutedResponse response = new ExecutedResponse(
            new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(
                    ExecutionInput.newExecutionInput("{a}").build(),
                    ExecutionResult.newExecutionResult().data(Map.of()).build())),
            null);

    @Test
    void everyCallerReceivesAResponseUnlessItDisconnects() throws Exception {
        int joined = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                joined += race(round, threads);
                assertThat(size()).isZero();
            }
        }
        assertThat(joined).isBetween(1, ROUNDS * CALLERS - 1);
    }

    /** Ends one execution while callers join, every third of which disconnects. Returns the number that joined. */
    private int race(int round, ExecutorService threads) throws Exception {
        Race race = new Race();
        SharedFlight flight = flights.begin(key);
        Disposable first = flight.execute(race.vendor.asMono().doOnCancel(race.cancelled::incrementAndGet))
                .subscribe(value -> race.answered.incrementAndGet());
        open(flight);
        boolean ends = round % 2 == 0;
        List<Runnable> deeds = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            boolean leaves = (round + caller) % 3 == 0;
            deeds.add(() -> join(race, leaves));
        }
        // At each position, so that some callers join before and some after, even if threads run one after another
        deeds.add(round / 2 % (CALLERS + 1), ends ? () -> race.vendor.tryEmitValue(response) : first::dispose);
        List<Future<?>> done = new ArrayList<>();
        deeds.forEach(deed -> done.add(threads.submit(deed)));
        for (Future<?> deed : done) {
            deed.get();
        }
        int waiting = race.joined.get() - race.left.get();
        if (!ends && waiting > 0) {
            assertThat(race.cancelled).hasValue(0);
            race.vendor.tryEmitValue(response);
        }
        assertThat(race.answered.get()).isBetween(ends ? 1 + waiting : waiting, race.joined.get() + 1);
        assertThat(race.cancelled).hasValue(ends || waiting > 0 ? 0 : 1);
        return race.joined.get();
    }

    private void join(Race race, boolean leaves) {
        SharedFlight found = flights.join(key);
        if (found != null) {
            race.joined.incrementAndGet();
            Disposable waiting = found.response().subscribe(value -> race.answered.incrementAndGet());
            if (leaves) {
                waiting.dispose();
                race.left.incrementAndGet();
            }
        }
    }

    @Test
    void executionIsNotOpenedWhenItHasEnded() {
        SharedFlight ended = flights.begin(key);
        ended.execute(Mono.just(response)).block();
        open(ended);
        SharedFlight left = flights.begin(key);
        left.execute(Mono.never()).subscribe().dispose();
        open(left);
        assertThat(size()).isZero();
        assertThat(flights.join(key)).isNull();
    }

    @Test
    void callersCannotJoinWhenTheDirectoryIsClosed() {
        SharedFlight flight = flights.begin(key);
        Disposable first = flight.execute(Mono.never()).subscribe();
        open(flight);
        assertThat(flights.join(key)).isSameAs(flight);
        directory.close();
        assertThat(flights.join(key)).isNull();
        flight.leave();
        first.dispose();
        assertThat(size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"true, 249, true", "true, 250, false", "false, 250, true", "false, 60000, true"})
    void olderExecutionsAreNotJoinedWhenReplicasMayHaveWritten(boolean replicas, long millis, boolean joined) {
        AtomicLong now = new AtomicLong();
        SharedFlightRegistry registry = new SharedFlightRegistry(true, new SimpleMeterRegistry(), replicas, now::get);
        SharedFlight flight = registry.begin(key);
        Disposable first = flight.execute(Mono.never()).subscribe();
        open(flight);
        now.set(Duration.ofMillis(millis).toNanos());
        assertThat(registry.join(key) != null).isEqualTo(joined);
        first.dispose();
    }

    private void open(SharedFlight flight) {
        OperationContext operation = OperationContext.begin(
                new Origin(Caller.ANYONE, "id", directory),
                OperationDeadline.in(Clock.systemUTC(), Duration.ofSeconds(1)));
        SharedFlight.open(GraphQLContext.of(Map.of(SharedFlight.class, flight, OperationContext.KEY, operation)), 1);
    }

    private double size() {
        return meters.get("taggateway.shared.flights").gauge().value();
    }

    /** The counters of one round. */
    private record Race(
            Sinks.One<ExecutedResponse> vendor,
            AtomicInteger cancelled,
            AtomicInteger answered,
            AtomicInteger joined,
            AtomicInteger left) {

        Race() {
            this(Sinks.one(), new AtomicInteger(), new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
        }
    }
}
