package io.taggateway.support;

import io.taggateway.sandbox.Sandbox;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** A gateway of a test's own before vendors of its own. */
public record SandboxedGateway(RunningGateway gateway, Sandbox sandbox) implements AutoCloseable {

    public static SandboxedGateway start(Map<String, String> variables) {
        return startBehind(sandbox -> variables);
    }

    /** Starts with variables that know where the vendors are. */
    public static SandboxedGateway startBehind(Function<Sandbox, Map<String, String>> variables) {
        Sandbox sandbox = Sandbox.start();
        Map<String, String> all = new HashMap<>(SandboxInitializer.properties(sandbox));
        all.putAll(variables.apply(sandbox));
        return new SandboxedGateway(RunningGateway.start(all), sandbox);
    }

    public String url() {
        return gateway.caller().url();
    }

    public VendorRecords records() {
        return VendorRecords.of(sandbox);
    }

    @Override
    public void close() {
        gateway.close();
        sandbox.close();
    }
}
