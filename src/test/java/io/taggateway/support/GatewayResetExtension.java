package io.taggateway.support;

import io.taggateway.upstream.guard.FailureLog;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Provides the shared gateway to tests, with empty caches. */
final class GatewayResetExtension implements BeforeEachCallback, ParameterResolver {

    @Override
    public void beforeEach(ExtensionContext context) {
        gateway(context).reset();
        SpringExtension.getApplicationContext(context).getBean(FailureLog.class).close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestGateway.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return gateway(context);
    }

    private static TestGateway gateway(ExtensionContext context) {
        ApplicationContext application = SpringExtension.getApplicationContext(context);
        return context.getRoot()
                .getStore(Namespace.create(GatewayResetExtension.class))
                .computeIfAbsent(application, TestGateway::of, TestGateway.class);
    }
}
