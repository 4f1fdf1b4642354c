package io.taggateway.access.quota;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Counts the connections of this process. */
final class LocalConnectionQuota implements ConnectionQuota {

    private final Map<QuotaOwner, Integer> open = new ConcurrentHashMap<>();

    @Override
    public Permit permit(QuotaOwner owner, int max) {
        return new LocalPermit(owner, max);
    }

    private final class LocalPermit implements Permit {

        private final QuotaOwner owner;
        private final int max;
        private boolean acquired;
        private boolean released;

        LocalPermit(QuotaOwner owner, int max) {
            this.owner = owner;
            this.max = max;
        }

        @Override
        public Mono<Boolean> acquire() {
            return Mono.fromSupplier(this::acquireNow);
        }

        private synchronized boolean acquireNow() {
            if (released) {
                return false;
            }
            acquired = true;
            if (open.merge(owner, 1, Integer::sum) > max) {
                release();
            }
            return !released;
        }

        @Override
        public synchronized void release() {
            if (acquired && !released) {
                open.computeIfPresent(owner, (key, count) -> count == 1 ? null : count - 1);
            }
            released = true;
        }
    }
}
