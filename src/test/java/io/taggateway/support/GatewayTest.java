package io.taggateway.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the gateway that all tests with this annotation share. The gateway listens on a real port and sends its
 * requests to sandboxed vendors. Before each test, its caches are cleared, and the vendors have no faults and their
 * initial data. {@code mvn test -Pfast} leaves these tests out.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "gateway.sandbox.enabled=false")
@ContextConfiguration(initializers = SandboxInitializer.class)
@Tag("gateway")
@net.jqwik.api.Tag("gateway")
@ExtendWith(GatewayResetExtension.class)
public @interface GatewayTest {}
