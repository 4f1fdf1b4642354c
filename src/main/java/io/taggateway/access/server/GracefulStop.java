package io.taggateway.access.server;

import io.taggateway.tagging.operation.RunningOperationRegistry;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;

/**
 * Stops the gateway before Spring Boot stops its server: requests are served as before for a grace, in which load
 * balancers find that it is not ready. Then its port is closed, and what is under way is completed.
 */
@Component
class GracefulStop implements SmartLifecycle {

    /** What the response to an operation may take after the operation's end. */
    private static final Duration SENDING = Duration.ofSeconds(1);

    private final Admission admission;
    private final RunningOperationRegistry operations;
    private final Duration grace;
    private final Duration drain;
    private volatile Runnable port = () -> {};
    private volatile boolean running;

    GracefulStop(
            Admission admission,
            RunningOperationRegistry operations,
            ShutdownProperties shutdown,
            @Value("${gateway.request.timeout}") Duration timeout,
            DefaultLifecycleProcessor lifecycle) {
        this.admission = admission;
        this.operations = operations;
        this.grace = shutdown.grace();
        this.drain = timeout.plus(SENDING);
        lifecycle.setTimeoutForShutdownPhase(
                getPhase(), grace.plus(drain).plus(SENDING).toMillis());
    }

    /** Closes the port of this server first. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void listening(DisposableServer server) {
        port = () -> server.channel().close();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        Mono<Void> drained = operations.idle().timeout(drain, Mono.empty());
        Mono.delay(grace)
                .then(Mono.<Void>fromRunnable(() -> {
                    admission.close();
                    port.run();
                }))
                .then(drained)
                .doFinally(signal -> callback.run())
                .subscribe();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
