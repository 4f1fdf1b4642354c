package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.StatusAssertions;

/** Tests of the endpoint that invalidates cached tag lists. */
@GatewayTest
class CacheInvalidationTests {

    private static final String TAGS = "{ tags { totalCount } }";

    private final TestGateway gateway;

    CacheInvalidationTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @CsvSource({
        "'', 2",
        "?tenant=default, 2",
        "?vendor=sipsim, 1",
        "?tenant=default&vendor=swipeone, 1",
    })
    void vendorRequestsAreSentAgainAfterListsAreInvalidated(String parameters, int requests) {
        gateway.execute(TAGS);
        gateway.execute(TAGS);
        assertThat(gateway.requestCount()).isEqualTo(2);
        invalidate(parameters, "").isNoContent();
        gateway.clearRequests();
        gateway.execute(TAGS);
        gateway.execute(TAGS);
        assertThat(gateway.requestCount()).isEqualTo(requests);
    }

    @Test
    void unknownNamesAreNotFound() {
        invalidate("?tenant=acme", "").isNotFound();
        invalidate("?vendor=nobody", "").isNotFound();
    }

    @Test
    void pageOfAnotherSiteIsRefused() {
        gateway.execute(TAGS);
        invalidate("", "https://evil.test").isBadRequest();
        gateway.clearRequests();
        gateway.execute(TAGS);
        assertThat(gateway.requestCount()).isZero();
    }

    private StatusAssertions invalidate(String parameters, String origin) {
        return gateway.http()
                .post()
                .uri("/admin/caches/invalidate" + parameters)
                .headers(headers -> {
                    if (!origin.isEmpty()) {
                        headers.setOrigin(origin);
                    }
                })
                .exchange()
                .expectStatus();
    }
}
