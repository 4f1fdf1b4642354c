package io.taggateway.sandbox.sipsim;

import java.time.Clock;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** What changes while SIPSIM is played: its data and its options; guarded by whoever holds it. */
final class SipsimStage {

    private final Clock clock;
    private SipsimState state;
    private SipsimOptions options;

    SipsimStage(Clock clock, SipsimOptions options) {
        this.clock = clock;
        this.options = options;
        this.state = SipsimScenario.at(clock.instant());
    }

    Instant now() {
        return clock.instant();
    }

    SipsimState state() {
        return state;
    }

    void change(UnaryOperator<SipsimState> change) {
        state = change.apply(state);
    }

    SipsimOptions options() {
        return options;
    }

    void options(SipsimOptions changed) {
        options = changed;
    }

    void reset() {
        state = SipsimScenario.at(clock.instant());
    }
}
