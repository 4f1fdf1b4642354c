package io.taggateway.upstream.guard;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a vendor that fails is left alone.
 *
 * @param enabled whether ever
 * @param window how many of the last requests count
 * @param minRequests so many are needed to judge by
 * @param failureRate percentage of failed ones from which the vendor is left alone
 * @param slowRate percentage of slow ones from which it is
 * @param slowAfter how long a request takes that counts as slow
 * @param openFor for how long it is left alone before a few requests find out whether it is back
 */
public record UpstreamCircuit(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("20") int window,
        @DefaultValue("5") int minRequests,
        @DefaultValue("50") float failureRate,
        @DefaultValue("80") float slowRate,
        @DefaultValue("2s") Duration slowAfter,
        @DefaultValue("5s") Duration openFor) {}
