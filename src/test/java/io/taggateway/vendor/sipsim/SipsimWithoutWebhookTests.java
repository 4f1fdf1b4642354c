package io.taggateway.vendor.sipsim;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import org.junit.jupiter.api.Test;

/** Tests that a gateway without a webhook secret has no webhook. */
@GatewayTest
class SipsimWithoutWebhookTests {

    private final TestGateway gateway;

    SipsimWithoutWebhookTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void webhookIsAbsentWithoutASecret() {
        gateway.http()
                .post()
                .uri("/webhooks/sipsim")
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody();
        assertThat(gateway.texts("{ vendors { capabilities } }", "vendors[0].capabilities[*]"))
                .contains("LIST_TAGS")
                .doesNotContain("WEBHOOKS");
    }
}
