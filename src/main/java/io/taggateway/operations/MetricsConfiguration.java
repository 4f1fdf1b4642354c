package io.taggateway.operations;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures which metrics of libraries are published. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    /**
     * Disables metrics that are recorded before the outcome is known and therefore have the labels of a failure: a
     * counter of operations by class of error, which {@code taggateway.errors} has by code, and timers of running work.
     * The latter stay enabled for HTTP requests, as their number is useful.
     */
    @Bean
    MeterFilter completeMeasurements() {
        return MeterFilter.deny(id -> id.getName().startsWith("graphql.request.")
                || (id.getType() == Meter.Type.LONG_TASK_TIMER && !id.getName().startsWith("http.server.requests")));
    }
}
