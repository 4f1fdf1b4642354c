package io.taggateway.upstream.http;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.RequestReplySenderContext;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * The observation of requests to a vendor, {@code http.client.requests}, with the names and values that Spring's
 * {@code WebClient} has for its own: that client, with which a request costs about a quarter more, is not used. Traces
 * have no query strings, in which callers' searches are.
 *
 * @param clientName the vendor's name, whatever host it is reached at
 */
record UpstreamObservation(ObservationRegistry registry, String clientName)
        implements ObservationConvention<UpstreamObservation.Exchange> {

    private static final String NONE = "none";

    /** Begins the observation of a request, as part of the one in Reactor's context, until its response begins. */
    Exchange begin(UpstreamTransport.Request request, ContextView context) {
        Exchange exchange = new Exchange(request);
        Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        exchange.observation = Observation.createNotStarted(this, () -> exchange, registry)
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
        return "http.client.requests";
    }

    @Override
    public String getContextualName(Exchange exchange) {
        return "http " + exchange.request.method().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(Exchange exchange) {
        Integer status = exchange.getResponse();
        String template = exchange.request.template();
        return KeyValues.of(
                KeyValue.of("client.name", clientName),
                KeyValue.of("exception", exception(exchange.getError())),
                KeyValue.of("method", exchange.request.method().name()),
                KeyValue.of("outcome", (status == null ? Outcome.UNKNOWN : Outcome.forStatus(status)).name()),
                KeyValue.of("status", status == null ? failure(exchange.getError()) : status.toString()),
                KeyValue.of("uri", template.isEmpty() ? "/" : template));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(Exchange exchange) {
        String url = exchange.request.uri().toString();
        int query = url.indexOf('?');
        return KeyValues.of("http.url", query < 0 ? url : url.substring(0, query));
    }

    private static String exception(@Nullable Throwable error) {
        String name = error == null ? NONE : error.getClass().getSimpleName();
        return name.isEmpty() ? Objects.requireNonNull(error).getClass().getName() : name;
    }

    private static String failure(@Nullable Throwable error) {
        return error instanceof IOException ? "IO_ERROR" : "CLIENT_ERROR";
    }

    /** One request with the status of its response. */
    static final class Exchange extends RequestReplySenderContext<HttpHeaders, Integer> {

        private final UpstreamTransport.Request request;
        private Observation observation = Observation.NOOP;
        private boolean ended;

        Exchange(UpstreamTransport.Request request) {
            super((headers, name, value) -> Objects.requireNonNull(headers).set(name, value));
            this.request = request;
            setCarrier(new DefaultHttpHeaders());
        }

        /** The headers of the trace. */
        HttpHeaders traceHeaders() {
            return Objects.requireNonNull(getCarrier());
        }

        /** A response has begun. */
        synchronized void responded(int status) {
            setResponse(status);
            end();
        }

        synchronized void failed(Throwable error) {
            if (!ended) {
                observation.error(error);
            }
            end();
        }

        /** The request, or what is left of it, is cancelled, or the observation is over. */
        synchronized void end() {
            if (!ended) {
                ended = true;
                observation.stop();
            }
        }
    }
}
