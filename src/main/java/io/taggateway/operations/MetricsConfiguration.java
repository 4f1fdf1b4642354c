package io.taggateway.operations;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which metrics of the libraries are published. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    /**
     * Leaves out what is measured before its outcome is known, and has the labels of a failure therefore: a counter of
     * operations for each class of errors, which {@code taggateway.errors} has by code, and the duration of what is in
     * progress. The latter is kept of HTTP requests, as their number is of use.
     */
    @Bean
    MeterFilter completeMeasurements() {
        return MeterFilter.deny(id -> id.getName().startsWith("graphql.request.")
                || (id.getType() == Meter.Type.LONG_TASK_TIMER && !id.getName().startsWith("http.server.requests")));
    }
}
