package io.taggateway.support;

import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** A separate gateway with its own simulated vendors. */
public record SandboxedGateway(RunningGateway gateway, Sandbox sandbox, SettableClock clock) implements AutoCloseable {

    private static final Duration EXPIRY = Duration.ofMinutes(61);

    public static SandboxedGateway start(Map<String, String> variables) {
        return startBehind(sandbox -> variables);
    }

    /** Starts with variables in addition to those for the vendors. */
    public static SandboxedGateway startBehind(Function<Sandbox, Map<String, String>> variables) {
        SettableClock clock = SettableClock.running();
        Sandbox sandbox = Sandbox.start(SandboxProperties.defaults(), clock);
        Map<String, String> all = new HashMap<>(SandboxInitializer.properties(sandbox));
        all.putAll(variables.apply(sandbox));
        return new SandboxedGateway(RunningGateway.start(all, clock), sandbox, clock);
    }

    /** Expires what the gateway remembers of the vendors, whose restored sandboxes give their ids again. */
    public void expireCaches() {
        clock.advance(EXPIRY);
    }

    public String url() {
        return gateway.caller().url();
    }

    public VendorRecordClient records() {
        return VendorRecordClient.of(sandbox);
    }

    @Override
    public void close() {
        gateway.close();
        sandbox.close();
    }
}
