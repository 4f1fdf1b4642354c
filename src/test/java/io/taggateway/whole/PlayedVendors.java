package io.taggateway.whole;

import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxProperties;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** Gives a gateway a sandbox that goes by the gateway's own clock, and credentials for it as for real vendors. */
final class PlayedVendors implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        MovableClock clock = new MovableClock();
        Sandbox sandbox = Sandbox.start(SandboxProperties.defaults(), clock);
        TestPropertyValues.of(properties(sandbox)).applyTo(context);
        DefaultListableBeanFactory beans = context.getDefaultListableBeanFactory();
        beans.registerSingleton("clock", clock);
        beans.registerSingleton("playedVendors", sandbox);
        beans.registerDisposableBean("playedVendors", sandbox::close);
    }

    /** The configuration with which a gateway uses a sandbox as it would use real vendors. */
    static Map<String, String> properties(Sandbox sandbox) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("GATEWAY_SECURITY_MODE", "none");
        properties.put("SIPSIM_BASE_URL", sandbox.sipsim().baseUrl());
        properties.put("SIPSIM_ACCESS_TOKEN", SipsimOptions.ACCESS_TOKEN);
        properties.put("SIPSIM_RESPONSE_TIMEOUT", "2s");
        properties.put("SWIPEONE_BASE_URL", sandbox.swipeone().baseUrl());
        properties.put("SWIPEONE_API_KEY", SwipeOneOptions.API_KEY);
        properties.put("SWIPEONE_WORKSPACE_ID", SwipeOneOptions.WORKSPACE_ID);
        properties.put("SWIPEONE_RESPONSE_TIMEOUT", "2s");
        return properties;
    }
}
