package io.taggateway.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test over the one gateway that all tests so marked share, on a real port and before both vendors, played. Each test
 * begins cold: nothing in the cache, no faults, the vendors' data as at the start.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "gateway.sandbox.enabled=false")
@ContextConfiguration(initializers = SandboxInitializer.class)
@ExtendWith(GatewayResetExtension.class)
public @interface GatewayTest {}
