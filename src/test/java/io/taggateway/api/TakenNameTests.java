package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.swipeone.SwipeOneOptions.TakenLabel;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that a taken name is recognized, whatever the vendor's response and whenever the gateway detects it. */
@GatewayTest
class TakenNameTests {

    private final TestGateway gateway;
    private final VendorRecordClient records;

    TakenNameTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    @ParameterizedTest
    @EnumSource
    void takenLabelIsNeverCreatedAgain(TakenLabel response) {
        gateway.swipeone().options(gateway.swipeone().options().withTakenLabel(response));
        assertThat(create("ifExists: FAIL").result()).isEqualTo("SWIPEONE FAILED NAME_TAKEN@input.name");
        assertThat(create("ifExists: REUSE").result()).isEqualTo("SWIPEONE REUSED");
        assertThat(create("ifExists: UPDATE, color: \"lime\"").result()).isEqualTo("SWIPEONE UPDATED");
        assertThat(records.swipeoneTags()).hasSize(12).contains("Webinar lime");
    }

    /** Another program creates the tag after the gateway has read the list, which a stale list simulates. */
    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "CONFLICT", "DUPLICATED"})
    void returnsTakenWhenTheLabelWasTakenMeanwhile(TakenLabel response) {
        takeMeanwhile(response);
        assertThat(create("ifExists: FAIL, name: \"Fresh\"").result())
                .isEqualTo("SWIPEONE FAILED NAME_TAKEN@input.name");
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "CONFLICT", "DUPLICATED"})
    void tagIsReusedWhenItsLabelWasTakenMeanwhile(TakenLabel response) {
        String id = takeMeanwhile(response);
        MutationResponse written = create("ifExists: REUSE, name: \"Fresh\"");
        assertThat(written.result()).isEqualTo("SWIPEONE REUSED");
        assertThat(written.text("/results/0/tag/remoteId")).isEqualTo(id);
    }

    @Test
    void tagIsNotCreatedTwiceWhenCreateReturnsTheExistingOne() {
        String id = takeMeanwhile(TakenLabel.ANSWERED);
        MutationResponse written = create("ifExists: REUSE, name: \"Fresh\"");
        assertThat(written.text("/results/0/tag/remoteId")).isEqualTo(id);
        assertThat(records.swipeoneTags())
                .filteredOn(tag -> tag.startsWith("Fresh"))
                .hasSize(1);
    }

    private String takeMeanwhile(TakenLabel response) {
        gateway.swipeone()
                .options(gateway.swipeone().options().withTakenLabel(response).withStaleReads(1));
        String id = records.addSwipeoneTag("Fresh", "red");
        gateway.swipeone().options(gateway.swipeone().options().withStaleReads(1));
        return id;
    }

    private MutationResponse create(String input) {
        String name = input.contains("name:") ? "" : ", name: \"Webinar\"";
        return MutationResponse.of(gateway, "createTag(input: {vendors: [SWIPEONE], " + input + name + "})");
    }
}
