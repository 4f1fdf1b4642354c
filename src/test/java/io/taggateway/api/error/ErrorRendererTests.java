package io.taggateway.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How errors that no field has are rendered. */
class ErrorRendererTests {

    @Test
    void errorOfTheRequestAsAWholeHasNeitherLocationsNorPath() {
        assertThat(ErrorRenderer.of(ErrorCode.GATEWAY_TIMEOUT, "Too late.", true)
                        .toSpecification())
                .containsOnlyKeys("message", "extensions");
    }
}
