package io.taggateway.tagging.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Tests of which vendor requests an operation shares and repeats. */
class VendorRequestScopeTests {

    private final OperationContext operation = TestOperation.begin();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final List<String> heard = new ArrayList<>();

    @Test
    void runningReadsAreShared() {
        Sinks.One<String> vendor = Sinks.one();
        listen(once("tags", vendor.asMono()));
        listen(once("tags", vendor.asMono()));
        assertThat(asked).hasValue(1);
        vendor.tryEmitValue("here");
        assertThat(heard).containsExactly("here", "here");
    }

    @Test
    void resultIsCached() {
        Mono<String> question = once("tags", Mono.just("here"));
        listen(question);
        listen(question);
        assertThat(heard).containsExactly("here", "here");
        assertThat(asked).hasValue(1);
    }

    @Test
    void failuresAndEmptyResultsAreCached() {
        Mono<String> failing = once("calls", Mono.error(new IllegalStateException("down")));
        Mono<String> empty = once("contacts", Mono.empty());
        for (int i = 0; i < 2; i++) {
            StepVerifier.create(failing).verifyErrorMessage("down");
            StepVerifier.create(empty).verifyComplete();
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void otherRequestsAndOtherOperationsAreSentSeparately() {
        listen(once("tags", Mono.just("a")));
        listen(once("calls", Mono.just("b")));
        listen(inOperation(counted("tags", Mono.just("c")), TestOperation.begin()));
        assertThat(heard).containsExactly("a", "b", "c");
    }

    @Test
    void requestContinuesWhenAllWaitersHaveCancelled() {
        Sinks.One<String> vendor = Sinks.one();
        Mono<String> question = once("tags", vendor.asMono());
        listen(question).dispose();
        assertThat(cancelled).hasValue(0);
        listen(question);
        vendor.tryEmitValue("here");
        assertThat(heard).containsExactly("here");
        assertThat(asked).hasValue(1);
    }

    @Test
    void requestEndsWithItsOperation() {
        StepVerifier.create(once("tags", operation.cancellation().bind(counting(Mono.never()))))
                .then(() -> operation.cancellation().cancel())
                .verifyComplete();
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void remainingCallerReceivesTheResponseWhenAnotherDisconnects() {
        Sinks.One<String> vendor = Sinks.one();
        Disposable first = listen(once("tags", vendor.asMono()));
        listen(once("tags", vendor.asMono()));
        first.dispose();
        vendor.tryEmitValue("here");
        assertThat(heard).containsExactly("here");
        assertThat(asked).hasValue(1);
    }

    @Test
    void cachedResultsAreInvalidatedByAWrite() {
        Mono<String> question = once("tags", Mono.just("here"));
        listen(question);
        listen(inOperation(invalidateAfter(Mono.just("written")), operation));
        listen(question);
        assertThat(asked).hasValue(2);
    }

    @Test
    void cachedResultsAreInvalidatedByAFailedWrite() {
        Mono<String> question = once("tags", Mono.just("here"));
        listen(question);
        StepVerifier.create(inOperation(invalidateAfter(Mono.error(new IllegalStateException("down"))), operation))
                .verifyErrorMessage("down");
        listen(question);
        assertThat(asked).hasValue(2);
    }

    private Disposable listen(Mono<String> response) {
        return response.subscribe(heard::add);
    }

    private Mono<String> once(String question, Mono<String> vendor) {
        return inOperation(counted(question, vendor), operation);
    }

    private Mono<String> counted(String question, Mono<String> vendor) {
        return OperationContext.defer(operation -> operation.requests().once(question, () -> counting(vendor)));
    }

    private Mono<String> counting(Mono<String> vendor) {
        return vendor.doOnSubscribe(subscription -> asked.incrementAndGet()).doOnCancel(cancelled::incrementAndGet);
    }

    private static <T> Mono<T> invalidateAfter(Mono<T> write) {
        return OperationContext.defer(operation -> operation.requests().invalidateAfter(write));
    }

    private static <T> Mono<T> inOperation(Mono<T> work, OperationContext operation) {
        return work.contextWrite(operation::in);
    }
}
