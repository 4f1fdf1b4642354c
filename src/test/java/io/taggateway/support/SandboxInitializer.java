package io.taggateway.support;

import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxProperties;
import io.taggateway.sandbox.SandboxVendor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** Starts a sandbox with the gateway's clock, and configures its credentials like those of real vendors. */
public final class SandboxInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        SettableClock clock = SettableClock.running();
        Sandbox sandbox = Sandbox.start(SandboxProperties.defaults(), clock);
        TestPropertyValues.of(properties(sandbox)).applyTo(context);
        DefaultListableBeanFactory beans = context.getDefaultListableBeanFactory();
        beans.registerSingleton("clock", clock);

        beans.registerSingleton("failingCallSources", new CallSourceFaultInjector());
        beans.registerSingleton("recordedWiring", new RecordedWiring());
        beans.registerSingleton("playedVendors", sandbox);
        beans.registerDisposableBean("playedVendors", sandbox::close);
    }

    /**
     * The configuration with which a gateway uses a sandbox like real vendors, but without circuits and cool-downs, so
     * that failures of one test do not affect the next. It has the vendors whose data the tests use. The time limit is
     * for a machine that runs something else.
     */
    public static Map<String, String> properties(Sandbox sandbox) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("GATEWAY_SECURITY_MODE", "none");
        for (SandboxVendor<?> vendor : List.of(sandbox.sipsim(), sandbox.swipeone())) {
            vendor.settings().forEach((name, value) -> properties.put(variable(vendor, name), value));
            properties.put(variable(vendor, "response-timeout"), "4s");
            properties.put(variable(vendor, "circuit-enabled"), "false");
        }
        return properties;
    }

    private static String variable(SandboxVendor<?> vendor, String setting) {
        return (vendor.name() + '_' + setting.replace('-', '_')).toUpperCase(Locale.ROOT);
    }
}
