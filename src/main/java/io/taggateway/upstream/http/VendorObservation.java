package io.taggateway.upstream.http;

import io.micrometer.common.KeyValue;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention;

/** Measures a vendor's requests under the vendor's name, whatever host it is reached at. */
final class VendorObservation extends DefaultClientRequestObservationConvention {

    private final KeyValue clientName;

    VendorObservation(String vendor) {
        this.clientName = KeyValue.of("client.name", vendor);
    }

    @Override
    protected KeyValue clientName(ClientRequestObservationContext context) {
        return clientName;
    }
}
