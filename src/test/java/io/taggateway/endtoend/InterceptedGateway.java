package io.taggateway.endtoend;

import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.support.SandboxedGateway;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A gateway with a proxy before each vendor. */
final class InterceptedGateway implements AutoCloseable {

    private final AtomicReference<InterceptingProxy> sipsim = new AtomicReference<>();
    private final AtomicReference<InterceptingProxy> swipeone = new AtomicReference<>();
    private final SandboxedGateway gateway;

    InterceptedGateway() {
        this(Map.of());
    }

    /** Starts with further variables. */
    InterceptedGateway(Map<String, String> variables) {
        gateway = SandboxedGateway.startBehind(sandbox -> {
            Map<String, String> all = new HashMap<>(intercept(sandbox));
            all.putAll(variables);
            return all;
        });
    }

    private Map<String, String> intercept(Sandbox sandbox) {
        sipsim.set(new InterceptingProxy(sandbox.sipsim().origin()));
        swipeone.set(new InterceptingProxy(sandbox.swipeone().origin()));
        return Map.of(
                "SIPSIM_BASE_URL",
                sipsim.get().origin() + path(sandbox.sipsim()),
                "SWIPEONE_BASE_URL",
                swipeone.get().origin() + path(sandbox.swipeone()));
    }

    private static String path(SandboxVendor<?> vendor) {
        return vendor.baseUrl().substring(vendor.origin().length());
    }

    SandboxedGateway gateway() {
        return gateway;
    }

    InterceptingProxy sipsim() {
        return sipsim.get();
    }

    InterceptingProxy swipeone() {
        return swipeone.get();
    }

    @Override
    public void close() {
        gateway.close();
        sipsim.get().close();
        swipeone.get().close();
    }
}
