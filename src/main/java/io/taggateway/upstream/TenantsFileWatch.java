package io.taggateway.upstream;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reloads the file of tenants at an interval until this is closed, in a thread that may block on the disk. */
final class TenantsFileWatch implements AutoCloseable {

    private final ScheduledExecutorService thread;

    TenantsFileWatch(ConfiguredTenantCatalog catalog, Duration interval) {
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("tenants-file").daemon().factory());
        var _ = thread.scheduleWithFixedDelay(
                catalog::refresh, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
