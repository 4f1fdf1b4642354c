package io.taggateway.tagging.feed;

import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** Decides when a process reads a vendor's tag list for the subscribers to its changes. */
public interface PollSchedule {

    /** Of a process on its own, which reads the list at once and then once an interval. */
    PollSchedule LOCAL = (vendor, interval) ->
            Flux.interval(Duration.ZERO, interval).onBackpressureDrop().map(tick -> new PollTurn(true, () -> {}));

    /**
     * The turns of this process, which is a candidate for reading the list as long as they are subscribed to. Never
     * fails and never completes.
     *
     * @param interval the interval between two reads, by whichever process
     */
    Flux<PollTurn> turns(Vendor vendor, Duration interval);
}
