package io.taggateway.access.server;

import io.taggateway.tagging.operation.RunningOperationRegistry;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;

/**
 * Stops the gateway before Spring Boot stops its server. During a grace period, requests are served as before, while
 * load balancers find that the gateway is not ready. Then the port is closed, and requests in progress are completed.
 */
@Component
class GracefulStop implements SmartLifecycle {

    /** The time limit for sending a response after the end of its operation. */
    private static final Duration SENDING = Duration.ofSeconds(1);

    private static final Duration SENT_CHECK = Duration.ofMillis(50);

    private final Admission admission;
    private final RunningOperationRegistry operations;
    private final UnsentByteCounter unsent;
    private final Duration grace;
    private final Duration drain;
    private volatile Runnable port = () -> {};
    private volatile boolean running;

    GracefulStop(
            Admission admission,
            RunningOperationRegistry operations,
            UnsentByteCounter unsent,
            ShutdownProperties shutdown,
            @Value("${gateway.request.timeout}") Duration timeout) {
        this.admission = admission;
        this.operations = operations;
        this.unsent = unsent;
        this.grace = shutdown.grace();
        this.drain = timeout.plus(SENDING);
    }

    /** Configures Spring to wait as long as the stop can take. */
    @Autowired
    void limit(DefaultLifecycleProcessor lifecycle) {
        lifecycle.setTimeoutForShutdownPhase(
                getPhase(), grace.plus(drain).plus(SENDING).toMillis());
    }

    /** Registers the server whose port is closed. */
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
        Mono.delay(grace)
                .then(Mono.defer(this::drain).timeout(drain, Mono.empty()))
                .doFinally(signal -> callback.run())
                .subscribe();
    }

    /** Once the port is closed, Spring Boot does not wait for requests. */
    private Mono<Void> drain() {
        Mono<Void> idle = admission.close();
        port.run();
        return Mono.when(idle, operations.idle()).then(Mono.defer(this::sent));
    }

    /** The last part of a response is written just after the request has been handled. */
    private Mono<Void> sent() {
        return Flux.interval(SENT_CHECK).takeUntil(tick -> unsent.isEmpty()).then();
    }

    /** Spring pauses cached contexts between tests, and a closed port cannot be reopened. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
