package io.taggateway.sandbox.swipeone;

import java.time.Clock;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** What changes while Swipe One is played: its data and its options; guarded by whoever holds it. */
final class SwipeOneStage {

    private final Clock clock;
    private SwipeOneState state;
    private SwipeOneState past;
    private SwipeOneOptions options;
    private int staleReads;

    SwipeOneStage(Clock clock, SwipeOneOptions options) {
        this.clock = clock;
        this.options = options;
        this.state = SwipeOneScenario.at(clock.instant());
        this.past = state;
    }

    Instant now() {
        return clock.instant();
    }

    /** Answers what is stored. */
    SwipeOneState state() {
        return state;
    }

    /** Answers what one read request sees, which may lag behind what is stored. */
    SwipeOneState read() {
        if (staleReads == 0) {
            return state;
        }
        staleReads--;
        return past;
    }

    void change(UnaryOperator<SwipeOneState> change) {
        past = state;
        state = change.apply(state);
        staleReads = options.staleReads();
    }

    SwipeOneOptions options() {
        return options;
    }

    void options(SwipeOneOptions changed) {
        options = changed;
        staleReads = Math.min(staleReads, changed.staleReads());
    }

    void reset() {
        state = SwipeOneScenario.at(clock.instant());
        past = state;
        staleReads = 0;
    }
}
