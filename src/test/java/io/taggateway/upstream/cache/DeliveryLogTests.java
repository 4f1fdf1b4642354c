package io.taggateway.upstream.cache;

import java.time.Clock;
import java.time.Duration;

class DeliveryLogTests extends DeliveryLogContract {

    private final DeliveryLog log = DeliveryLog.inMemory(Duration.ofHours(1), Clock.systemUTC());

    @Override
    protected DeliveryLog log() {
        return log;
    }

    @Override
    protected DeliveryLog other() {
        return log;
    }
}
