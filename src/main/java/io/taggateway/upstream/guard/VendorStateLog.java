package io.taggateway.upstream.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs when the gateway stops sending requests to one vendor's account, and when it resumes. */
record VendorStateLog(Tenant tenant, Vendor vendor) {

    private static final Logger LOG = LoggerFactory.getLogger(VendorStateLog.class);

    /**
     * The circuit has another state.
     *
     * @param failureRate of the requests in its window, in percent; negative while there are too few of them
     * @param slowRate the same for slow requests
     */
    void circuit(State from, State to, float failureRate, float slowRate) {
        LOG.atLevel(to == State.OPEN ? Level.WARN : Level.INFO)
                .log(
                        "Circuit of vendor changed: tenant={} vendor={} from={} to={} failureRate={} slowRate={}",
                        tenant.name(),
                        vendor,
                        from,
                        to,
                        Math.round(failureRate),
                        Math.round(slowRate));
    }

    /** The vendor has limited the rate while no cool-down was running. */
    void coolDownBegan(Duration duration) {
        LOG.warn(
                "Cool-down of vendor began: tenant={} vendor={} durationMs={}",
                tenant.name(),
                vendor,
                duration.toMillis());
    }

    /** The vendor has responded for the first time after a cool-down. */
    void recovered() {
        LOG.info("Vendor responds again after its cool-down: tenant={} vendor={}", tenant.name(), vendor);
    }
}
