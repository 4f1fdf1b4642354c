package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.swipeone.SwipeOneOptions.SwipeOneQuirk;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of adding tags to calls and contacts, and of removing them, by ids, names and slugs. */
@GatewayTest
class AddTagsTests {

    /** Has the tags Billing, Renewal and Partner. */
    private static final String CALL = "sipsim:call:100399";
    /** Has the tags Newsletter, VIP and Complaint. */
    private static final String CONTACT_ID = "6682840d9286aa59ee001001";

    private static final String CONTACT = "swipeone:contact:" + CONTACT_ID;
    private static final String TRIAL = "swipeone:tag:6682840d9286aa59ee00000b";

    private final TestGateway gateway;
    private final VendorRecordClient records;

    AddTagsTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    @ParameterizedTest
    @CsvSource({
        "id, sipsim:tag:1",
        "name, VIP",
        "name, ' vip '",
        "slug, vip",
        "slug, VIP",
        "id, swipeone:tag:6682840d9286aa59ee000001"
    })
    void tagIsAssignedToACallByIdNameSlugAndIdOfAnotherVendor(String member, String value) {
        MutationResponse written = add(CALL, "{" + member + ": \"" + value + "\"}");
        assertThat(written.results()).containsExactly(CALL + " UPDATED +VIP");
        assertThat(written.text("/subject/__typename")).isEqualTo("Call");
        assertThat(written.texts("/subject/tags", "name"))
                .containsExactlyInAnyOrder("Billing", "Partner", "Renewal", "VIP");
        assertThat(written.userErrors()).isEmpty();
        assertThat(records.callTags("100399")).containsExactlyInAnyOrder("Billing", "Renewal", "Partner", "VIP");
    }

    @ParameterizedTest
    @CsvSource({
        "id, " + TRIAL,
        "name, Trial",
        "name, TRIAL",
        "slug, trial",
    })
    void tagIsAssignedToAContactAndOtherTagsRemain(String member, String value) {
        MutationResponse written = add(CONTACT, "{" + member + ": \"" + value + "\"}");
        assertThat(written.results()).containsExactly(CONTACT + " UPDATED +Trial");
        assertThat(written.text("/subject/__typename")).isEqualTo("Contact");
        assertThat(written.texts("/subject/tags", "name"))
                .containsExactlyInAnyOrder("Complaint", "Newsletter", "Trial", "VIP");
        assertThat(records.contactTags(CONTACT_ID)).containsExactly("newsletter", "vip", "complaint", "trial");
    }

    @Test
    void sipsimTagIdIsReplacedByTagOfContactsVendor() {
        assertThat(add(CONTACT, "{id: \"sipsim:tag:2\"}").result()).isEqualTo(CONTACT + " UPDATED +Follow Up");
        assertThat(records.contactTags(CONTACT_ID)).contains("follow_up");
    }

    @Test
    void callWithUnusualIdIsTagged() {
        String id = gateway.getFromSipsim("/calls?start_time=2000-01-01T00:00:00Z")
                .path("data")
                .valueStream()
                .map(call -> call.path("id").asString())
                .filter(text -> text.contains("+"))
                .findFirst()
                .orElseThrow();
        String global = "sipsim:call:" + id.replace("+", "%2B");
        assertThat(add(global, "{name: \"Long Call\"}").result()).isEqualTo(global + " UPDATED +Long Call");
        assertThat(records.callTags(id.replace("+", "%2B"))).contains("Long Call");
    }

    @Test
    void repeatedTagsCountOnce() {
        assertThat(add(CALL, "{id: \"sipsim:tag:1\"}, {name: \"VIP\"}, {slug: \"vip\"}")
                        .result())
                .isEqualTo(CALL + " UPDATED +VIP");
        assertThat(records.writes()).containsExactly("PUT /api/v2/calls/100399/tags/1");
        assertThat(add(CONTACT, "{name: \"Trial\"}, {name: \"trial\"}, {id: \"" + TRIAL + "\"}")
                        .result())
                .isEqualTo(CONTACT + " UPDATED +Trial");
    }

    @Test
    void nothingIsWrittenWhenNothingChanges() {
        assertThat(add(CALL, "{name: \"Billing\"}").result()).isEqualTo(CALL + " UNCHANGED");
        assertThat(add(CONTACT, "{name: \"VIP\"}").result()).isEqualTo(CONTACT + " UNCHANGED");
        assertThat(remove(CALL, "{name: \"VIP\"}").result()).isEqualTo(CALL + " UNCHANGED");
        assertThat(remove(CONTACT, "{name: \"Trial\"}").result()).isEqualTo(CONTACT + " UNCHANGED");
        assertThat(add(CALL, "").result()).isEqualTo(CALL + " UNCHANGED");
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void existingTagsAreNotAddedAgain() {
        assertThat(add(CALL, "{name: \"Billing\"}, {name: \"VIP\"}").result()).isEqualTo(CALL + " UPDATED +VIP");
        assertThat(records.writes()).containsExactly("PUT /api/v2/calls/100399/tags/1");
    }

    @Test
    void removedTagsAreUnassignedAndOtherTagsRemain() {
        assertThat(remove(CALL, "{name: \"renewal\"}, {id: \"sipsim:tag:1\"}").result())
                .isEqualTo(CALL + " UPDATED -Renewal");
        assertThat(records.callTags("100399")).containsExactly("Billing", "Partner");
        assertThat(remove(CONTACT, "{id: \"sipsim:tag:1\"}").result()).isEqualTo(CONTACT + " UPDATED -VIP");
        assertThat(records.contactTags(CONTACT_ID)).containsExactly("newsletter", "complaint");
    }

    @Test
    void unknownTagIsNotFoundAndNothingIsWritten() {
        MutationResponse written =
                add(CALL, "{name: \"VIP\"}, {name: \"Nothing\"}, {slug: \"none\"}, {id: \"sipsim:tag:99\"}");
        assertThat(written.result())
                .isEqualTo(CALL + " FAILED NOT_FOUND@input.tags.1.name NOT_FOUND@input.tags.2.slug"
                        + " NOT_FOUND@input.tags.3.id");
        assertThat(written.userErrors()).hasSize(3);
        assertThat(written.errors()).isEmpty();
        assertThat(add(CALL, "{id: \"nonsense\"}").result()).isEqualTo(CALL + " FAILED NOT_FOUND@input.tags.0.id");
        assertThat(add(CALL, "{name: \" \"}").result()).isEqualTo(CALL + " FAILED NAME_INVALID@input.tags.0.name");
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void slugOfSeveralTagsIsAmbiguousUnlessTheNameIsExact() {
        records.addSipsimTag("Follow up", "#123456");
        gateway.clearRequests();
        assertThat(add(CALL, "{slug: \"follow-up\"}").result()).isEqualTo(CALL + " FAILED AMBIGUOUS@input.tags.0");
        MutationResponse byName = add(CALL, "{name: \"FOLLOW UP\"}");
        assertThat(byName.result()).isEqualTo(CALL + " FAILED AMBIGUOUS@input.tags.0");
        assertThat(byName.text("/userErrors/0/message")).contains("sipsim:tag:2", "sipsim:tag:15");
        assertThat(records.writes()).isEmpty();
        assertThat(add(CALL, "{name: \"Follow up\"}").result()).isEqualTo(CALL + " UPDATED +Follow up");
        assertThat(add(CALL, "{name: \"Follow-up\"}").result()).isEqualTo(CALL + " UPDATED +Follow-up");
    }

    @Test
    void returnsWrongVendorWhenTagHasNoGroupAtTheSubjectsVendor() {
        assertThat(add(CALL, "{id: \"" + TRIAL + "\"}").result())
                .isEqualTo(CALL + " FAILED WRONG_VENDOR@input.tags.0.id");
        assertThat(remove(CONTACT, "{id: \"sipsim:tag:11\"}").result())
                .isEqualTo(CONTACT + " FAILED WRONG_VENDOR@input.tags.0.id");
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void missingTagsAreCreatedWhenRequested() {
        MutationResponse written = add(
                CALL, "{id: \"" + TRIAL + "\"}, {name: \"Brand New\"}, {name: \"brand  new\"}", "createMissing: true");
        assertThat(written.result()).isEqualTo(CALL + " UPDATED +Brand New +Trial");
        assertThat(records.sipsimTags()).hasSize(16).contains("Trial #86EAD4", "Brand New #6B7280");
        assertThat(records.callTags("100399")).contains("Trial", "Brand New");
        assertThat(add(CONTACT, "{id: \"sipsim:tag:13\"}", "createMissing: true")
                        .result())
                .isEqualTo(CONTACT + " UPDATED +Réclamation");
        assertThat(records.swipeoneTags()).contains("Réclamation amber");
        assertThat(records.contactTags(CONTACT_ID)).contains("réclamation");
        assertThat(records.writes().stream().filter(write -> write.startsWith("POST /api/v2/tags")))
                .hasSize(2);
    }

    @Test
    void unknownSlugAndIdAreNotCreated() {
        assertThat(add(CALL, "{slug: \"brand-new\"}, {id: \"sipsim:tag:99\"}", "createMissing: true")
                        .result())
                .isEqualTo(CALL + " FAILED NOT_FOUND@input.tags.0.slug NOT_FOUND@input.tags.1.id");
        assertThat(records.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sipsim:call:1", "swipeone:contact:ffffffffffffffffffffffff", "sipsim:contact:1"})
    void unknownSubjectIsNotFoundAndNothingIsCreatedForIt(String id) {
        MutationResponse written = add(id, "{name: \"VIP\"}, {name: \"Brand New\"}", "createMissing: true");
        assertThat(written.result()).isEqualTo(id + " FAILED NOT_FOUND@input.subjectId");
        assertThat(written.userErrors()).containsExactly("NOT_FOUND@input.subjectId");
        assertThat(written.payload().path("subject").isNull()).isTrue();
        assertThat(records.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "sipsim:tag:1", "sipsim:call:", "nowhere:call:1"})
    void returnsNotFoundWhenIdIsThatOfNoCallOrContact(String id) {
        assertThat(add(id, "{name: \"VIP\"}").userErrors()).containsExactly("NOT_FOUND@input.subjectId");
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void messageNamesTheKindOfIdWhenASubjectIsATag() {
        assertThat(add("sipsim:tag:1", "{name: \"VIP\"}").response().toString())
                .contains("`sipsim:tag:1` is the id of a tag, but the id of a call or contact is required.");
    }

    @Test
    void tagIsFoundWhenCreatedElsewhereAfterTheListWasRead() {
        gateway.execute("{ tags { totalCount } }").path("tags.totalCount").hasValue();
        records.addSwipeoneTag("Fresh", "red");
        assertThat(add(CONTACT, "{name: \"Fresh\"}").result()).isEqualTo(CONTACT + " UPDATED +Fresh");
        assertThat(records.contactTags(CONTACT_ID)).contains("fresh", "vip");
    }

    @Test
    void uncachedTagsOfAContactRemain() {
        gateway.execute("{ tags { totalCount } }").path("tags.totalCount").hasValue();
        records.addSwipeoneTag("Fresh", "red");
        records.tagContact(CONTACT_ID, "vip", "fresh");
        assertThat(add(CONTACT, "{name: \"Trial\"}").result()).isEqualTo(CONTACT + " UPDATED +Trial");
        assertThat(remove(CONTACT, "{name: \"VIP\"}").result()).isEqualTo(CONTACT + " UPDATED -VIP");
        assertThat(records.contactTags(CONTACT_ID)).containsExactly("fresh", "trial");
    }

    @Test
    void bothDocumentedResponsesAreRead() {
        gateway.swipeone().options(gateway.swipeone().options().withQuirks(SwipeOneQuirk.CONTACT_ANSWERED));
        assertThat(add(CONTACT, "{name: \"Trial\"}").result()).isEqualTo(CONTACT + " UPDATED +Trial");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 429, 500})
    void writeFailsWhenTheVendorRefusesIt(int status) {
        gateway.swipeone().fail(Fault.status(status).on("POST", "/api/contacts/"));
        MutationResponse written = add(CONTACT, "{name: \"Trial\"}");
        assertThat(written.result()).startsWith(CONTACT + " FAILED !UPSTREAM_");
        assertThat(written.userErrors()).isEmpty();
        assertThat(written.errors())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("addTags DOWNSTREAM_SERVICE_ERROR SWIPEONE");
        gateway.sipsim().fail(Fault.status(status).on("PUT", ""));
        assertThat(add(CALL, "{name: \"VIP\"}").result()).startsWith(CALL + " FAILED !UPSTREAM_");
        assertThat(records.contactTags(CONTACT_ID)).containsExactly("newsletter", "vip", "complaint");
        assertThat(records.callTags("100399")).containsExactly("Billing", "Renewal", "Partner");
    }

    @Test
    void completedChangesAreReturnedWhenALaterOneFails() {
        gateway.sipsim().fail(Fault.status(403).on("PUT", "/api/v2/calls/100399/tags/3"));
        MutationResponse written = add(CALL, "{name: \"VIP\"}, {name: \"Complaint\"}, {name: \"Spam\"}");
        assertThat(written.result()).isEqualTo(CALL + " FAILED +VIP !UPSTREAM_FORBIDDEN");
        assertThat(written.texts("/subject/tags", "name")).contains("VIP").doesNotContain("Complaint", "Spam");
        assertThat(records.callTags("100399")).containsExactly("VIP", "Billing", "Renewal", "Partner");
    }

    private MutationResponse add(String id, String refs, String... rest) {
        return change("addTags", id, refs, rest);
    }

    private MutationResponse remove(String id, String refs) {
        return change("removeTags", id, refs);
    }

    private MutationResponse change(String mutation, String id, String refs, String... rest) {
        return MutationResponse.of(
                gateway,
                mutation + "(input: {subjectId: \"" + id + "\", tags: [" + refs + "] " + String.join(" ", rest) + "})");
    }
}
