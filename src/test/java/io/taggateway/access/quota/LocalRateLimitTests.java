package io.taggateway.access.quota;

import io.taggateway.support.SettableClock;
import java.util.stream.Stream;

/** A gateway on its own. */
class LocalRateLimitTests extends KeyedRateLimitContract {

    @Override
    protected Stream<SharedQuota> gateways(SettableClock clock) {
        return Stream.of(SharedQuota.none());
    }
}
