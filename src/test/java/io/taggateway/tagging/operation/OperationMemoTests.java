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
import reactor.util.context.Context;

/** What one operation asks once, and what it asks again. */
class OperationMemoTests {

    private final Context operation = OperationMemo.startIn(Context.empty());
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final List<String> heard = new ArrayList<>();

    @Test
    void questionsUnderWayAreShared() {
        Sinks.One<String> vendor = Sinks.one();
        listen(once("tags", vendor.asMono()));
        listen(once("tags", vendor.asMono()));
        assertThat(asked).hasValue(1);
        vendor.tryEmitValue("here");
        assertThat(heard).containsExactly("here", "here");
    }

    @Test
    void answerIsKept() {
        Mono<String> question = once("tags", Mono.just("here"));
        listen(question);
        listen(question);
        assertThat(heard).containsExactly("here", "here");
        assertThat(asked).hasValue(1);
    }

    @Test
    void failureAndNothingAreKeptToo() {
        Mono<String> failing = once("calls", Mono.error(new IllegalStateException("down")));
        Mono<String> empty = once("contacts", Mono.empty());
        for (int i = 0; i < 2; i++) {
            StepVerifier.create(failing).verifyErrorMessage("down");
            StepVerifier.create(empty).verifyComplete();
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void otherQuestionsAndOtherOperationsAskForThemselves() {
        listen(once("tags", Mono.just("a")));
        listen(once("calls", Mono.just("b")));
        listen(inOperation(counted("tags", Mono.just("c")), OperationMemo.startIn(Context.empty())));
        assertThat(heard).containsExactly("a", "b", "c");
    }

    @Test
    void withoutAnOperationNothingIsKept() {
        Mono<String> question = counted("tags", Mono.just("here"));
        listen(question);
        listen(question);
        assertThat(asked).hasValue(2);
    }

    @Test
    void requestEndsWhenAllWhoWaitedHaveLeft() {
        Mono<String> question = once("tags", Mono.never());
        Disposable first = listen(question);
        Disposable second = listen(question);
        first.dispose();
        assertThat(cancelled).hasValue(0);
        second.dispose();
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void whoStaysIsAnsweredThoughAnotherLeft() {
        Sinks.One<String> vendor = Sinks.one();
        Disposable first = listen(once("tags", vendor.asMono()));
        listen(once("tags", vendor.asMono()));
        first.dispose();
        vendor.tryEmitValue("here");
        assertThat(heard).containsExactly("here");
        assertThat(asked).hasValue(1);
    }

    @Test
    void questionThatAllHaveLeftIsAskedAgain() {
        Sinks.One<String> vendor = Sinks.one();
        Mono<String> question = once("tags", vendor.asMono());
        listen(question).dispose();
        listen(question);
        vendor.tryEmitValue("here");
        assertThat(heard).containsExactly("here");
        assertThat(asked).hasValue(2);
    }

    @Test
    void answersFromBeforeAWriteAreForgotten() {
        Mono<String> question = once("tags", Mono.just("here"));
        listen(question);
        listen(inOperation(OperationMemo.forgetAfter(Mono.just("written")), operation));
        listen(question);
        assertThat(asked).hasValue(2);
    }

    @Test
    void answersAreForgottenAfterAFailedWriteToo() {
        Mono<String> question = once("tags", Mono.just("here"));
        listen(question);
        StepVerifier.create(inOperation(
                        OperationMemo.forgetAfter(Mono.error(new IllegalStateException("down"))), operation))
                .verifyErrorMessage("down");
        listen(question);
        assertThat(asked).hasValue(2);
    }

    private Disposable listen(Mono<String> answer) {
        return answer.subscribe(heard::add);
    }

    private Mono<String> once(String question, Mono<String> vendor) {
        return inOperation(counted(question, vendor), operation);
    }

    private Mono<String> counted(String question, Mono<String> vendor) {
        return OperationMemo.once(
                question,
                () -> vendor.doOnSubscribe(subscription -> asked.incrementAndGet())
                        .doOnCancel(cancelled::incrementAndGet));
    }

    private static <T> Mono<T> inOperation(Mono<T> work, Context operation) {
        return work.contextWrite(context -> operation);
    }
}
