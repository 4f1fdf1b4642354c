package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.guard.UpstreamGuard;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose meters are whose. */
class AccountMetersTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final UpstreamGuard guard = guard("a");
    private final AccountMeters meters = meters("a", guard);

    @Test
    void twoAccountsAtOneVendorHaveMetersOfTheirOwn() {
        int one = registry.getMeters().size();
        UpstreamGuard otherGuard = guard("b");
        AccountMeters other = meters("b", otherGuard);
        assertThat(registry.getMeters()).hasSize(2 * one);
        close(guard, meters);
        assertThat(registry.getMeters())
                .hasSize(one)
                .allMatch(meter -> label(meter).equals("b"));
        close(otherGuard, other);
        assertThat(registry.getMeters()).isEmpty();
        other.record("listTags", "ok", Duration.ofSeconds(1));
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void requestsAreTimedByOperationAndOutcome() {
        meters.record("listTags", "ok", Duration.ofSeconds(3));
        meters.record("listTags", "timeout", Duration.ofSeconds(1));
        assertThat(registry.get("taggateway.source.fetch")
                        .tags("vendor", "sipsim", "operation", "listTags", "outcome", "ok")
                        .timers())
                .singleElement()
                .satisfies(timer -> assertThat(timer.count()).isEqualTo(2));
    }

    private AccountMeters meters(String tenant, UpstreamGuard watched) {
        AccountMeters created = new AccountMeters(registry, Vendor.SIPSIM, Map.of("tenant", tenant));
        created.watch(watched);
        created.record("listTags", "ok", Duration.ofSeconds(1));
        return created;
    }

    private static UpstreamGuard guard(String tenant) {
        return new UpstreamGuard(
                Vendor.SIPSIM, UpstreamKit.settings(UpstreamKit.PATIENCE), Map.of("tenant", tenant), Clock.systemUTC());
    }

    private static void close(UpstreamGuard closed, AccountMeters meters) {
        closed.close();
        meters.close();
    }

    private static String label(Meter meter) {
        return String.valueOf(meter.getId().getTag("tenant"));
    }
}
