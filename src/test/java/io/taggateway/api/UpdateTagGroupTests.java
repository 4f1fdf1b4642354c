package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import org.junit.jupiter.api.Test;

/** Tests of updating the tags of one group at every vendor. */
@GatewayTest
class UpdateTagGroupTests {

    private final TestGateway gateway;
    private final VendorRecordClient records;

    UpdateTagGroupTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    @Test
    void everyVendorsTagOfTheSlugIsChanged() {
        MutationResponse written = update("follow-up", "name: \"Call Back\", color: \"lime\", description: \"Soon\"");
        assertThat(written.results()).containsExactly("SIPSIM UPDATED", "SWIPEONE UPDATED DESCRIPTION_DROPPED");
        assertThat(written.text("/group/slug")).isEqualTo("call-back");
        assertThat(written.texts("/group/tags", "id"))
                .containsExactly("sipsim:tag:2", "swipeone:tag:6682840d9286aa59ee000002");
        assertThat(records.sipsimTags()).contains("Call Back #BDEE63: Soon");
        assertThat(records.swipeoneTags()).contains("Call Back lime");
    }

    @Test
    void groupIsFoundByNameInPlaceOfItsSlug() {
        assertThat(update("Hot LEAD", "color: \"red\"").results())
                .containsExactly("SIPSIM UPDATED", "SWIPEONE UPDATED");
    }

    @Test
    void groupOfOneVendorHasOneResult() {
        assertThat(update("spam", "description: \"Junk\"").results()).containsExactly("SIPSIM UPDATED");
        assertThat(update("webinar", "description: \"Talk\"").results())
                .containsExactly("SWIPEONE FAILED DESCRIPTION_UNSUPPORTED@input.description");
        assertThat(records.sipsimTags()).contains("Spam #111827: Junk");
    }

    @Test
    void everyTagOfTheSlugHasAResult() {
        records.addSipsimTag("Follow UP", "#123456");
        assertThat(update("follow-up", "color: \"lime\"").results())
                .containsExactly("SIPSIM UPDATED", "SIPSIM UPDATED", "SWIPEONE UPDATED");
        assertThat(records.sipsimTags()).contains("Follow UP #BDEE63", "Follow-up #BDEE63: Requires callback");
    }

    @Test
    void returnsTakenForTheVendorThatHasTheName() {
        MutationResponse written = update("follow-up", "name: \"Spam\"");
        assertThat(written.results()).containsExactly("SIPSIM FAILED NAME_TAKEN@input.name", "SWIPEONE UPDATED");
        assertThat(records.sipsimTags()).contains("Follow-up #FFA500: Requires callback");
        assertThat(records.swipeoneTags()).contains("Spam amber");
    }

    @Test
    void inputErrorsAreOnThePayload() {
        assertThat(update("nothing-like-it", "name: \"A\"").userErrors()).containsExactly("NOT_FOUND@input.slug");
        assertThat(update("vip", "name: \"\"").userErrors()).containsExactly("NAME_INVALID@input.name");
        assertThat(update("vip", "dryRun: false").userErrors()).containsExactly("NOTHING_TO_DO@input");
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void resultOfAVendorThatIsDownIsFailed() {
        gateway.sipsim().fail(Fault.status(502));
        MutationResponse written = update("vip", "color: \"red\"");
        assertThat(written.results()).containsExactly("SIPSIM FAILED !UPSTREAM_UNAVAILABLE", "SWIPEONE UPDATED");
        assertThat(written.errors()).contains("updateTagGroup DOWNSTREAM_SERVICE_ERROR SIPSIM UPSTREAM_UNAVAILABLE");
        assertThat(records.swipeoneTags()).contains("VIP red");
    }

    @Test
    void descriptionIsClearedAtVendorsWithDescriptions() {
        assertThat(update("vip", "description: null").results())
                .containsExactly("SIPSIM UPDATED", "SWIPEONE UNCHANGED");
        assertThat(records.sipsimTags()).contains("VIP #8B5CF6");
    }

    private MutationResponse update(String slug, String rest) {
        return MutationResponse.of(gateway, "updateTagGroup(input: {slug: \"" + slug + "\", " + rest + "})");
    }
}
