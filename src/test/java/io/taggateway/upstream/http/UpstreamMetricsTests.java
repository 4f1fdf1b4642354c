package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.tagging.directory.TenantLabel;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.guard.FailureLog;
import io.taggateway.upstream.guard.RateCoordination;
import io.taggateway.upstream.guard.UpstreamGuard;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests of the meters of accounts and tenants. */
class UpstreamMetricsTests {

    private static final UpstreamRequest LIST_TAGS = UpstreamRequest.get("listTags", "/tags");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final UpstreamGuard guard = guard("a");
    private final UpstreamMetrics meters = meters("a", guard);

    @Test
    void twoAccountsAtOneVendorHaveMetersOfTheirOwn() {
        int one = registry.getMeters().size();
        UpstreamGuard otherGuard = guard("b");
        UpstreamMetrics other = meters("b", otherGuard);
        assertThat(registry.getMeters()).hasSize(2 * one);
        close(guard, meters);
        assertThat(registry.getMeters())
                .hasSize(one)
                .allMatch(meter -> label(meter).equals("b"));
        close(otherGuard, other);
        assertThat(registry.getMeters()).isEmpty();
        other.recordResponse(LIST_TAGS, Duration.ofSeconds(1));
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void tenantsWithoutMetersOfTheirOwnAreCountedTogether() {
        int one = registry.getMeters().size();
        List<UpstreamMetrics> others = Stream.of("b", "c")
                .map(tenant -> new UpstreamMetrics(
                        registry, new FailureLog(), Vendor.SIPSIM, new TenantLabel(new Tenant(tenant), false)))
                .toList();
        others.forEach(other -> other.watch(guard(new TenantLabel(new Tenant("b"), false))));
        others.forEach(other -> other.recordResponse(LIST_TAGS, Duration.ofSeconds(1)));
        others.getFirst().close();
        others.getLast().recordResponse(LIST_TAGS, Duration.ofSeconds(1));
        assertThat(registry.getMeters()).hasSize(one + 1);
        assertThat(registry.get("taggateway.source.fetch")
                        .tag("tenant", "(others)")
                        .timer()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void requestsAreTimedByOperationAndOutcome() {
        meters.recordResponse(LIST_TAGS, Duration.ofSeconds(3));
        meters.failed(LIST_TAGS, SourceException.of(Vendor.SIPSIM, FailureReason.TIMEOUT), Duration.ofSeconds(1), "1");
        assertThat(registry.get("taggateway.source.fetch")
                        .tags("vendor", "sipsim", "operation", "listTags", "outcome", "ok")
                        .timers())
                .singleElement()
                .satisfies(timer -> assertThat(timer.count()).isEqualTo(2));
    }

    private UpstreamMetrics meters(String tenant, UpstreamGuard watched) {
        UpstreamMetrics created = new UpstreamMetrics(
                registry, new FailureLog(), Vendor.SIPSIM, new TenantLabel(new Tenant(tenant), true));
        created.watch(watched);
        created.recordResponse(LIST_TAGS, Duration.ofSeconds(1));
        return created;
    }

    private static UpstreamGuard guard(String tenant) {
        return guard(new TenantLabel(new Tenant(tenant), true));
    }

    private static UpstreamGuard guard(TenantLabel label) {
        return new UpstreamGuard(
                Vendor.SIPSIM,
                UpstreamFixture.settings(UpstreamFixture.PATIENCE),
                label,
                Clock.systemUTC(),
                RateCoordination.NONE);
    }

    private static void close(UpstreamGuard closed, UpstreamMetrics meters) {
        closed.close();
        meters.close();
    }

    private static String label(Meter meter) {
        return String.valueOf(meter.getId().getTag("tenant"));
    }
}
