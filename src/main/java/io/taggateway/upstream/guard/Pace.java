package io.taggateway.upstream.guard;

import io.taggateway.upstream.guard.CoolDownChannel.Account;
import io.taggateway.upstream.guard.UpstreamSettings.Limits;
import reactor.core.publisher.Mono;

/** Spreads the requests to one account evenly. */
public interface Pace {

    /**
     * True as soon as a request may be sent; false at once if it would have to wait for longer than the time limit of a
     * response. Never fails.
     */
    Mono<Boolean> permit();

    /**
     * A pace of one gateway.
     *
     * @param replicas the number of gateways that send requests, each of which has an equal share
     */
    static Pace inProcess(Limits limits, int replicas) {
        return new LocalPace(limits, replicas);
    }

    /** Opens the paces of accounts. */
    interface Factory {

        /** The pace of an account whose limits have a number of requests per second. */
        Pace open(Account account, Limits limits);
    }
}
