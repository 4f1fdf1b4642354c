package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.swipeone.SwipeOneOptions.SwipeOneQuirk;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import org.junit.jupiter.api.Test;

/** Tests of replacing all tags of calls and contacts. */
@GatewayTest
class SetTagsTests {

    /** Has the tags Billing, Renewal and Partner. */
    private static final String CALL = "sipsim:call:100399";
    /** Has the tags Newsletter, VIP and Complaint. */
    private static final String CONTACT_ID = "6682840d9286aa59ee001001";

    private static final String CONTACT = "swipeone:contact:" + CONTACT_ID;

    private final TestGateway gateway;
    private final VendorRecordClient records;

    SetTagsTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    @Test
    void onlyTheDifferenceIsWrittenToCalls() {
        MutationResponse written = set(CALL, "{name: \"VIP\"}, {id: \"sipsim:tag:4\"}");
        assertThat(written.result()).isEqualTo(CALL + " UPDATED +VIP -Partner -Renewal");
        assertThat(written.texts("/subject/tags", "name")).containsExactlyInAnyOrder("Billing", "VIP");
        assertThat(records.callTags("100399")).containsExactly("VIP", "Billing");
        assertThat(records.writes())
                .containsExactlyInAnyOrder(
                        "PUT /api/v2/calls/100399/tags/1",
                        "DELETE /api/v2/calls/100399/tags/9",
                        "DELETE /api/v2/calls/100399/tags/14");
    }

    @Test
    void tagsOfAContactAreReplacedInOneRequest() {
        MutationResponse written = set(CONTACT, "{name: \"Trial\"}, {slug: \"vip\"}");
        assertThat(written.result()).isEqualTo(CONTACT + " UPDATED +Trial -Complaint -Newsletter");
        assertThat(records.contactTags(CONTACT_ID)).containsExactlyInAnyOrder("vip", "trial");
        assertThat(records.writes()).hasSize(1);
    }

    @Test
    void allTagsAreRemovedWhenNoneAreGiven() {
        assertThat(set(CALL, "").result()).isEqualTo(CALL + " UPDATED -Billing -Partner -Renewal");
        assertThat(set(CONTACT, "").result()).isEqualTo(CONTACT + " UPDATED -Complaint -Newsletter -VIP");
        assertThat(records.callTags("100399")).isEmpty();
        assertThat(records.contactTags(CONTACT_ID)).isEmpty();
    }

    @Test
    void nothingChangesWhenTheSameTagsAreGivenInAnotherOrder() {
        assertThat(set(CALL, "{name: \"Partner\"}, {name: \"Renewal\"}, {name: \"Billing\"}")
                        .result())
                .isEqualTo(CALL + " UNCHANGED");
        assertThat(set(CONTACT, "{name: \"VIP\"}, {name: \"Complaint\"}, {name: \"Newsletter\"}")
                        .result())
                .isEqualTo(CONTACT + " UNCHANGED");
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void uncachedTagIsRemovedAndReturned() {
        gateway.execute("{ tags { totalCount } }").path("tags.totalCount").hasValue();
        records.addSwipeoneTag("Fresh", "red");
        records.tagContact(CONTACT_ID, "vip", "fresh");
        assertThat(set(CONTACT, "{name: \"VIP\"}").result()).isEqualTo(CONTACT + " UPDATED -Fresh");
        assertThat(records.contactTags(CONTACT_ID)).containsExactly("vip");
    }

    @Test
    void missingTagsAreCreatedWhenRequested() {
        assertThat(set(CALL, "{name: \"Brand New\"}, {name: \"Billing\"}", "createMissing: true")
                        .result())
                .isEqualTo(CALL + " UPDATED +Brand New -Partner -Renewal");
        assertThat(records.callTags("100399")).containsExactly("Billing", "Brand New");
    }

    @Test
    void nothingIsWrittenWhenATagIsUnknown() {
        assertThat(set(CALL, "{name: \"VIP\"}, {name: \"Nothing\"}").result())
                .isEqualTo(CALL + " FAILED NOT_FOUND@input.tags.1.name");
        assertThat(records.callTags("100399")).containsExactly("Billing", "Renewal", "Partner");
    }

    @Test
    void completedChangesAreReturnedWhenALaterOneFails() {
        gateway.sipsim().fail(Fault.status(429).on("DELETE", "/api/v2/calls/100399/tags/9"));
        MutationResponse written = set(CALL, "{name: \"VIP\"}");
        assertThat(written.result()).startsWith(CALL + " FAILED +VIP -").endsWith("!UPSTREAM_RATE_LIMITED");
        assertThat(records.callTags("100399")).contains("VIP", "Renewal");
        assertThat(written.texts("/subject/tags", "name"))
                .containsExactlyInAnyOrderElementsOf(records.callTags("100399"));
    }

    @Test
    void setFailsWhenTheVendorIgnoresATag() {
        String id = records.addSwipeoneTag("Fresh", "red");
        gateway.swipeone()
                .fail(Fault.status(200, "{\"status\": \"success\", \"message\": \"Tags added to contact\"}")
                        .on("POST", "/api/contacts/"));
        MutationResponse written = set(CONTACT, "{id: \"swipeone:tag:" + id + "\"}");
        assertThat(written.result()).isEqualTo(CONTACT + " FAILED REJECTED_BY_VENDOR@input");
        assertThat(written.text("/userErrors/0/message")).contains("`Fresh`", "`VIP`");
        assertThat(records.contactTags(CONTACT_ID)).containsExactly("newsletter", "vip", "complaint");
    }

    @Test
    void contactIsWrittenByItsAddressWhenListedWithoutId() {
        gateway.swipeone().options(gateway.swipeone().options().withQuirks(SwipeOneQuirk.LISTED_WITHOUT_ID));
        String id = gateway.texts(
                        "{ tag(id: \"swipeone:tag:6682840d9286aa59ee000008\") { contacts(first: 1) { nodes { id } } }"
                                + " }",
                        "tag.contacts.nodes[*].id")
                .getFirst();
        MutationResponse written = set(id, "{name: \"Trial\"}");
        assertThat(written.result()).startsWith(id + " UPDATED +Trial");
        assertThat(records.contactTags(written.text("/subject/id").replace("swipeone:contact:", "")))
                .containsExactly("trial");
    }

    private MutationResponse set(String id, String refs, String... rest) {
        return MutationResponse.of(
                gateway,
                "setTags(input: {subjectId: \"" + id + "\", tags: [" + refs + "] " + String.join(" ", rest) + "})");
    }
}
