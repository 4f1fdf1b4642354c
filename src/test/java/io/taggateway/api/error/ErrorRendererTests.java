package io.taggateway.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests of rendering errors without a field. */
class ErrorRendererTests {

    @Test
    void requestErrorHasNeitherLocationsNorPath() {
        assertThat(ErrorRenderer.of(ErrorCode.GATEWAY_TIMEOUT, "Too late.", true)
                        .toSpecification())
                .containsOnlyKeys("message", "extensions");
    }
}
