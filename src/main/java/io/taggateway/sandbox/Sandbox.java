package io.taggateway.sandbox;

import io.taggateway.sandbox.http.PlayedApi;
import io.taggateway.sandbox.sipsim.SipsimApi;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.swipeone.SwipeOneApi;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.netty.resources.LoopResources;

/** All vendors, simulated by HTTP servers on 127.0.0.1 until closed. */
public final class Sandbox implements AutoCloseable {

    private static final int THREADS = 1;

    private final LoopResources loop = LoopResources.create("sandbox", THREADS, true);
    private final Deque<SandboxServer> servers = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SandboxVendor<SipsimOptions> sipsim;
    private final SandboxVendor<SwipeOneOptions> swipeone;
    private final List<SandboxVendor<?>> vendors;

    private Sandbox(SandboxProperties properties, Clock clock) {
        try {
            this.sipsim = play(new SipsimApi(clock), properties);
            this.swipeone = play(new SwipeOneApi(clock), properties);
            this.vendors = List.of(sipsim, swipeone);
            check(properties);
        } catch (RuntimeException notStarted) {
            close();
            throw notStarted;
        }
    }

    /** Settings bind any name, as they do not know the vendors. */
    private void check(SandboxProperties properties) {
        List<String> names =
                vendors.stream().<String>map(SandboxVendor::name).sorted().toList();
        if (!names.containsAll(properties.ports().keySet())) {
            throw new IllegalArgumentException(SandboxProperties.PREFIX + ".ports has "
                    + properties.ports().keySet() + ", but there are only " + names);
        }
    }

    public static Sandbox start() {
        return start(SandboxProperties.defaults());
    }

    public static Sandbox start(SandboxProperties properties) {
        return start(properties, Clock.systemUTC());
    }

    /** Starts with data that is dated by the clock's present instant; tokens live by that clock too. */
    public static Sandbox start(SandboxProperties properties, Clock clock) {
        return new Sandbox(properties, clock);
    }

    /** All simulated vendors. */
    public List<SandboxVendor<?>> vendors() {
        return vendors;
    }

    public SandboxVendor<SipsimOptions> sipsim() {
        return sipsim;
    }

    public SandboxVendor<SwipeOneOptions> swipeone() {
        return swipeone;
    }

    /** Stops all servers and cuts every connection; a second time it does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            servers.forEach(SandboxServer::close);
            loop.disposeLater(Duration.ZERO, Duration.ofSeconds(1))
                    .onErrorComplete()
                    .subscribe();
        }
    }

    private <O> SandboxVendor<O> play(PlayedApi<O> api, SandboxProperties properties) {
        SandboxServer server = new SandboxServer(api, properties.port(api.name()), loop);
        servers.push(server);
        return new SandboxVendor<>(api, server);
    }
}
