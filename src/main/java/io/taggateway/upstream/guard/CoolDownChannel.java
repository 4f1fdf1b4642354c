package io.taggateway.upstream.guard;

import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Publishes the cool-downs of accounts to other replicas. */
public interface CoolDownChannel {

    /** Publishes that an account is to be sent no requests for some time. Does not block and does not fail. */
    void publish(Account account, Duration wait);

    /** Calls a listener with the cool-downs of an account at other replicas, until this is disposed. */
    Disposable listen(Account account, Consumer<Duration> listener);

    /** A channel without other replicas. */
    static CoolDownChannel none() {
        return new CoolDownChannel() {

            @Override
            public void publish(Account account, Duration wait) {
                // There is no other replica
            }

            @Override
            public Disposable listen(Account account, Consumer<Duration> listener) {
                return Disposables.disposed();
            }
        };
    }

    /** An account of a tenant at a vendor. */
    record Account(Tenant tenant, Vendor vendor) {}
}
