package houses.planted.nobodyblocks.upstream;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class Waiting {
    @Nullable
    String one(Mono<String> mono) {
        return mono.block();
    }

    Function<Mono<String>, Optional<String>> reference() {
        return Mono::blockOptional;
    }

    @Nullable
    String first(Flux<String> flux) {
        return flux.blockFirst();
    }

    @Nullable
    String last(Flux<String> flux) {
        return flux.blockLast();
    }

    Iterable<String> all(Flux<String> flux) {
        return flux.toIterable();
    }

    Stream<String> stream(Flux<String> flux) {
        return flux.toStream();
    }

    String result(CompletableFuture<String> future) throws ExecutionException, InterruptedException {
        return future.get();
    }

    String joined(CompletableFuture<String> future) {
        return future.join();
    }

    void latched(CountDownLatch latch) throws InterruptedException {
        latch.await();
    }

    void asleep() throws InterruptedException {
        Thread.sleep(1);
        TimeUnit.SECONDS.sleep(1);
    }

    void finished(Thread thread) throws InterruptedException {
        thread.join();
    }

    Mono<String> allowed(CompletableFuture<String> future) {
        return Mono.fromFuture(future);
    }
}
