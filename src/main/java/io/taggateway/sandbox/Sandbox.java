package io.taggateway.sandbox;

import io.taggateway.sandbox.http.SimulatedApi;
import io.taggateway.sandbox.sipsim.SipsimApi;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.swipeone.SwipeOneApi;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.netty.resources.LoopResources;

/** Simulates all vendors by HTTP servers on 127.0.0.1, until it is closed. */
public final class Sandbox implements AutoCloseable {

    private final LoopResources loop = LoopResources.create("sandbox", 1, true);
    private final List<SandboxVendor<?>> vendors = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SandboxVendor<SipsimOptions> sipsim;
    private final SandboxVendor<SwipeOneOptions> swipeone;

    private Sandbox(SandboxProperties properties, Clock clock) {
        try {
            this.sipsim = simulate(new SipsimApi(clock), properties);
            this.swipeone = simulate(new SwipeOneApi(clock), properties);
            check(properties);
        } catch (RuntimeException notStarted) {
            close();
            throw notStarted;
        }
    }

    public static Sandbox start() {
        return start(SandboxProperties.defaults());
    }

    public static Sandbox start(SandboxProperties properties) {
        return start(properties, Clock.systemUTC());
    }

    /** Starts with data relative to the clock's current time. Tokens expire by this clock too. */
    public static Sandbox start(SandboxProperties properties, Clock clock) {
        return new Sandbox(properties, clock);
    }

    /** All simulated vendors. */
    public List<SandboxVendor<?>> vendors() {
        return List.copyOf(vendors);
    }

    public SandboxVendor<SipsimOptions> sipsim() {
        return sipsim;
    }

    public SandboxVendor<SwipeOneOptions> swipeone() {
        return swipeone;
    }

    /** Stops all servers and closes every connection; a second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            vendors.forEach(SandboxVendor::close);
            loop.disposeLater(Duration.ZERO, Duration.ofSeconds(1))
                    .onErrorComplete()
                    .subscribe();
        }
    }

    private <O> SandboxVendor<O> simulate(SimulatedApi<O> api, SandboxProperties properties) {
        SandboxVendor<O> vendor = new SandboxVendor<>(api, properties.port(api.name()), loop);
        vendors.add(vendor);
        return vendor;
    }

    /** Any name is accepted, as the settings do not depend on the vendors. */
    private void check(SandboxProperties properties) {
        List<String> names =
                vendors.stream().<String>map(SandboxVendor::name).sorted().toList();
        if (!names.containsAll(properties.ports().keySet())) {
            throw new IllegalArgumentException(SandboxProperties.PREFIX + ".ports has "
                    + properties.ports().keySet() + ", but there are only " + names);
        }
    }
}
