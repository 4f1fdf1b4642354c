package io.taggateway.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/**
 * A {@link GatewayTest} with a second shared gateway, whose time limit for vendor requests is 800 ms: short, but longer
 * than a vendor request takes on a busy machine.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@GatewayTest
@TestPropertySource(
        properties = {
            "gateway.vendors.sipsim.limits.response-timeout=800ms",
            "gateway.vendors.swipeone.limits.response-timeout=800ms"
        })
public @interface ShortTimeoutTest {}
