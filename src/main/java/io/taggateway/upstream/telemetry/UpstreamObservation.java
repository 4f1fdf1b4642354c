package io.taggateway.upstream.telemetry;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.RequestReplySenderContext;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.taggateway.upstream.telemetry.UpstreamMeter.Measurement;
import io.taggateway.upstream.telemetry.UpstreamMeter.Request;
import io.taggateway.upstream.telemetry.UpstreamMeter.Result;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The observation of requests to vendors, with the names and values that Spring's {@code WebClient} has for its own.
 * Traces have no query strings, in which callers' searches are.
 */
final class UpstreamObservation implements ObservationConvention<UpstreamObservation.Exchange> {

    private static final UpstreamObservation CONVENTION = new UpstreamObservation();

    private UpstreamObservation() {}

    static Measurement begin(Request request, @Nullable Observation parent, ObservationRegistry registry) {
        Exchange exchange = new Exchange(request);
        exchange.observation = Observation.createNotStarted(CONVENTION, () -> exchange, registry)
                .parentObservation(parent)
                .start();
        return exchange;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof Exchange;
    }

    @Override
    public String getName() {
        return UpstreamMeter.NAME;
    }

    @Override
    public String getContextualName(Exchange exchange) {
        return "http " + exchange.request.method().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(Exchange exchange) {
        return Result.of(exchange.request, exchange.getResponse(), exchange.getError())
                .keyValues();
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(Exchange exchange) {
        String url = exchange.request.uri().toString();
        int query = url.indexOf('?');
        return KeyValues.of("http.url", query < 0 ? url : url.substring(0, query));
    }

    /** One request with the status of its response. */
    static final class Exchange extends RequestReplySenderContext<HttpHeaders, Integer> implements Measurement {

        private final Request request;
        private Observation observation = Observation.NOOP;
        private boolean ended;

        Exchange(Request request) {
            super((headers, name, value) -> Objects.requireNonNull(headers).set(name, value));
            this.request = request;
            setCarrier(new DefaultHttpHeaders());
        }

        @Override
        public HttpHeaders traceHeaders() {
            return Objects.requireNonNull(getCarrier());
        }

        @Override
        public synchronized void responded(int status) {
            setResponse(status);
            end();
        }

        @Override
        public synchronized void failed(Throwable error) {
            if (!ended) {
                observation.error(error);
            }
            end();
        }

        @Override
        public synchronized void end() {
            if (!ended) {
                ended = true;
                observation.stop();
            }
        }
    }
}
