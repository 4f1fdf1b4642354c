package io.taggateway.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Closes the sandbox of an application that fails to start.
 *
 * <p>Before a context is refreshed nobody destroys its beans, so the sandbox as a bean is not enough. Being one of
 * {@code spring.factories}, this listener hears of every failure, however early.
 */
final class SandboxFailureListener implements ApplicationListener<ApplicationFailedEvent> {

    private final List<Sandbox> sandboxes = new ArrayList<>();

    synchronized void watch(Sandbox sandbox) {
        sandboxes.add(sandbox);
    }

    synchronized void release(Sandbox sandbox) {
        sandboxes.remove(sandbox);
    }

    @Override
    public synchronized void onApplicationEvent(ApplicationFailedEvent event) {
        sandboxes.forEach(Sandbox::close);
        sandboxes.clear();
    }
}
