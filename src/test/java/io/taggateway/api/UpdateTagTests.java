package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of updating and deleting tags. */
@GatewayTest
class UpdateTagTests {

    private static final String WEBINAR = "swipeone:tag:6682840d9286aa59ee00000c";
    private static final String VIP = "swipeone:tag:6682840d9286aa59ee000001";

    private final TestGateway gateway;
    private final VendorRecordClient records;

    UpdateTagTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    @Test
    void absentFieldsStayUnchanged() {
        MutationResponse renamed = update("sipsim:tag:4", "name: \"Invoices\"");
        assertThat(renamed.result()).isEqualTo("SIPSIM UPDATED");
        assertThat(renamed.text("/tag/name")).isEqualTo("Invoices");
        assertThat(renamed.text("/tag/id")).isEqualTo("sipsim:tag:4");
        assertThat(records.sipsimTags()).contains("Invoices #0090FF: Invoices and payments");
        update("sipsim:tag:4", "color: \"#abc\"");
        assertThat(records.sipsimTags()).contains("Invoices #AABBCC: Invoices and payments");
        update("sipsim:tag:4", "description: \"Money\"");
        assertThat(records.sipsimTags()).contains("Invoices #AABBCC: Money");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void descriptionIsClearedByNullAndByAnEmptyText(String description) {
        MutationResponse written = update("sipsim:tag:4", "description: " + description);
        assertThat(written.result()).isEqualTo("SIPSIM UPDATED");
        assertThat(written.payload().at("/tag/description").isNull()).isTrue();
        assertThat(records.sipsimTags()).contains("Billing #0090FF");
        assertThat(update("sipsim:tag:4", "description: " + description).result())
                .isEqualTo("SIPSIM UNCHANGED");
    }

    @Test
    void nameAndColorStayUnchangedWhenNull() {
        assertThat(update("sipsim:tag:4", "name: null, color: null, description: \"Money\"")
                        .result())
                .isEqualTo("SIPSIM UPDATED");
        assertThat(records.sipsimTags()).contains("Billing #0090FF: Money");
    }

    @Test
    void renamedSwipeOneTagKeepsItsKey() {
        MutationResponse written = update(WEBINAR, "name: \" Online Talk\", color: \"#8E4EC6\"");
        assertThat(written.result()).isEqualTo("SWIPEONE UPDATED NAME_TRIMMED");
        assertThat(written.text("/tag/remoteKey")).isEqualTo("webinar");
        assertThat(written.text("/tag/slug")).isEqualTo("online-talk");
        assertThat(records.swipeoneTags()).contains("Online Talk purple");
    }

    @Test
    void nothingIsWrittenWhenNothingDiffers() {
        assertThat(update("sipsim:tag:4", "name: \"Billing\", color: \"0090ff\"")
                        .result())
                .isEqualTo("SIPSIM UNCHANGED");
        assertThat(update("swipeone:tag:6682840d9286aa59ee000004", "color: \"blue\"")
                        .result())
                .isEqualTo("SWIPEONE UNCHANGED");
        assertThat(records.writes()).isEmpty();
    }

    /** Its color was set elsewhere and is not in the palette. */
    @Test
    void colorIsNotRoundedWhenTheTagAlreadyHasIt() {
        assertThat(update(VIP, "color: \"#8B5CF6\"").result()).isEqualTo("SWIPEONE UNCHANGED");
        assertThat(records.swipeoneTags()).contains("VIP #8B5CF6");
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void roundedColorIsAWarningEachTime() {
        assertThat(update(WEBINAR, "color: \"#8B5CF6\"").result()).isEqualTo("SWIPEONE UPDATED COLOR_ROUNDED");
        assertThat(update(WEBINAR, "color: \"#8B5CF6\"").result()).isEqualTo("SWIPEONE UNCHANGED COLOR_ROUNDED");
        assertThat(records.writes()).hasSize(1);
        assertThat(records.swipeoneTags()).contains("Webinar purple");
    }

    @Test
    void inputErrorIsOnThePayloadAndSendsNoRequest() {
        assertThat(update("sipsim:tag:4", "name: \" \"").userErrors()).containsExactly("NAME_INVALID@input.name");
        assertThat(update("sipsim:tag:4", "color: \"\"").userErrors()).containsExactly("COLOR_INVALID@input.color");
        assertThat(update("sipsim:tag:4", "dryRun: false").userErrors()).containsExactly("NOTHING_TO_DO@input");
        MutationResponse malformed = update("nonsense", "name: \"A\"");
        assertThat(malformed.userErrors()).containsExactly("NOT_FOUND@input.id");
        assertThat(malformed.results()).isEmpty();
        assertThat(update("sipsim:call:100400", "name: \"A\"").userErrors()).containsExactly("NOT_FOUND@input.id");
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void unknownTagIsNotFound() {
        MutationResponse written = update("sipsim:tag:999", "name: \"A\"");
        assertThat(written.result()).isEqualTo("SIPSIM FAILED NOT_FOUND@input.id");
        assertThat(written.userErrors()).containsExactly("NOT_FOUND@input.id");
        assertThat(written.payload().path("tag").isNull()).isTrue();
        assertThat(written.errors()).isEmpty();
    }

    @Test
    void takenNameIsRefused() {
        assertThat(update("sipsim:tag:4", "name: \"VIP\"").result()).isEqualTo("SIPSIM FAILED NAME_TAKEN@input.name");
        assertThat(update(WEBINAR, "name: \"VIP\"").result()).isEqualTo("SWIPEONE FAILED NAME_TAKEN@input.name");
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void returnsTakenWhenTheNameWasTakenMeanwhile() {
        gateway.sipsim().fail(Fault.status(409).on("PATCH", ""));
        MutationResponse written = update("sipsim:tag:4", "name: \"Invoices\"");
        assertThat(written.result()).isEqualTo("SIPSIM FAILED NAME_TAKEN@input.name");
        assertThat(written.payload().path("tag").isNull()).isTrue();
    }

    @Test
    void descriptionIsUnsupportedBySwipeOne() {
        assertThat(update(WEBINAR, "description: \"A\", name: \"B\"").result())
                .isEqualTo("SWIPEONE FAILED DESCRIPTION_UNSUPPORTED@input.description");
        assertThat(update(WEBINAR, "description: null").result()).isEqualTo("SWIPEONE UNCHANGED");
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void failureOfVendorIsInTheResultAndInErrors() {
        gateway.swipeone().fail(Fault.status(500));
        MutationResponse written = update(WEBINAR, "name: \"A\"");
        assertThat(written.result()).isEqualTo("SWIPEONE FAILED !UPSTREAM_UNAVAILABLE");
        assertThat(written.userErrors()).isEmpty();
        assertThat(written.errors())
                .containsExactly("updateTag DOWNSTREAM_SERVICE_ERROR SWIPEONE UPSTREAM_UNAVAILABLE");
    }

    @Test
    void updateFailsWhenTheResponseShowsNoChange() {
        String old = "{\"status\": \"success\", \"data\": {\"tag\": {\"_id\": \"6682840d9286aa59ee00000c\","
                + " \"label\": \"Webinar\", \"name\": \"webinar\", \"color\": \"#FF5733\"}}}";
        gateway.swipeone().fail(Fault.status(200, old).on("PATCH", ""));
        assertThat(update(WEBINAR, "name: \"Talk\"").result()).isEqualTo("SWIPEONE FAILED REJECTED_BY_VENDOR@input");
    }

    @Test
    void updateFailsWhenTheResponseShowsHalfOfTheChange() {
        String half = "{\"status\": \"success\", \"data\": {\"tag\": {\"_id\": \"6682840d9286aa59ee00000c\","
                + " \"label\": \"Talk\", \"name\": \"webinar\", \"color\": \"#FF5733\"}}}";
        gateway.swipeone().fail(Fault.status(200, half).on("PATCH", ""));
        assertThat(update(WEBINAR, "name: \"Talk\", color: \"red\"").result())
                .isEqualTo("SWIPEONE FAILED REJECTED_BY_VENDOR@input");
    }

    @Test
    void deletedTagIsAbsentEverywhere() {
        assertThat(records.callTags("100399")).containsExactly("Billing", "Renewal", "Partner");
        MutationResponse written = delete("sipsim:tag:4");
        assertThat(written.result()).isEqualTo("SIPSIM DELETED");
        assertThat(written.text("/deletedTagId")).isEqualTo("sipsim:tag:4");
        assertThat(written.text("/result/tag/name")).isEqualTo("Billing");
        assertThat(records.sipsimTags()).hasSize(13);
        assertThat(records.callTags("100399")).containsExactly("Renewal", "Partner");
        MutationResponse again = delete("sipsim:tag:4");
        assertThat(again.result()).isEqualTo("SIPSIM FAILED NOT_FOUND@input.id");
        assertThat(again.payload().path("deletedTagId").isNull()).isTrue();
    }

    @Test
    void deleteSucceedsWhenTheTagIsAlreadyGone() {
        gateway.sipsim().fail(Fault.status(404).on("DELETE", ""));
        assertThat(delete("sipsim:tag:4").result()).isEqualTo("SIPSIM DELETED");
    }

    @Test
    void deleteIsUnsupportedBySwipeOne() {
        MutationResponse written = delete(WEBINAR);
        assertThat(written.result()).isEqualTo("SWIPEONE FAILED UNSUPPORTED@input.id");
        assertThat(written.userErrors()).containsExactly("UNSUPPORTED@input.id");
        assertThat(written.payload().path("deletedTagId").isNull()).isTrue();
        assertThat(records.swipeoneTags()).hasSize(12);
        assertThat(records.writes()).isEmpty();
        gateway.execute("{ vendors { vendor capabilities } }")
                .path("vendors[?(@.vendor == 'SWIPEONE')].capabilities[*]")
                .entityList(String.class)
                .doesNotContain("DELETE_TAG", "TAG_DESCRIPTION")
                .contains("UPDATE_TAG");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500, 429})
    void deleteFailsWhenTheVendorRefusesIt(int status) {
        gateway.sipsim().fail(Fault.status(status).on("DELETE", ""));
        MutationResponse written = delete("sipsim:tag:4");
        assertThat(written.result()).startsWith("SIPSIM FAILED !UPSTREAM_");
        assertThat(written.payload().path("deletedTagId").isNull()).isTrue();
        assertThat(written.errors()).hasSize(1);
        assertThat(records.sipsimTags()).hasSize(14);
    }

    private MutationResponse update(String id, String rest) {
        return MutationResponse.of(gateway, "updateTag(input: {id: \"" + id + "\", " + rest + "})");
    }

    private MutationResponse delete(String id) {
        return MutationResponse.of(gateway, "deleteTag(input: {id: \"" + id + "\"})");
    }
}
