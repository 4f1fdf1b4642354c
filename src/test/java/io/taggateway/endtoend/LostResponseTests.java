package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.ShortTimeoutTest;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of writes whose response is lost: they are repeated if that is safe, and a create is verified by the list. */
@ShortTimeoutTest
@SlowTest
class LostResponseTests {

    private static final Duration TOO_LONG = Duration.ofSeconds(4);
    private static final String WEBINAR = "swipeone:tag:6682840d9286aa59ee00000c";
    private static final String CONTACT_ID = "6682840d9286aa59ee001001";
    private static final String CONTACT = "swipeone:contact:" + CONTACT_ID;
    private static final String CALL = "sipsim:call:100399";

    private final TestGateway gateway;
    private final VendorRecordClient records;

    LostResponseTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    /** Faults with which a vendor processes the request and its response is lost. */
    static Stream<Named<Fault>> losses() {
        return Stream.of(Named.of("cut off", Fault.cutOff()), Named.of("too late", Fault.slow(TOO_LONG)));
    }

    /** Faults with which a vendor neither processes the request nor responds. */
    static Stream<Named<Fault>> silences() {
        return Stream.of(
                Named.of("hang", Fault.hang()),
                Named.of("500", Fault.status(500)),
                Named.of("proxy", Fault.html(504)),
                Named.of("garbage", Fault.garbage()),
                Named.of("empty", Fault.emptyBody()));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void createdTagExistsOnceWhenTheResponseIsLost(Fault loss) {
        loseOnce(loss, "POST");
        MutationResponse written = MutationResponse.of(gateway, "createTag(input: {name: \"Gold\", color: \"gold\"})");
        assertThat(written.results()).containsExactly("SIPSIM CREATED", "SWIPEONE CREATED");
        assertThat(written.errors()).isEmpty();
        assertThat(records.sipsimTags()).hasSize(15).contains("Gold #978365");
        assertThat(records.swipeoneTags()).hasSize(13).contains("Gold gold");
        assertThat(records.writes()).hasSize(2);
        assertThat(written.text("/results/0/tag/id")).isEqualTo("sipsim:tag:15");
    }

    /** Otherwise a repeated mutation would create a second tag. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SIPSIM   | {\"status\":200,\"data\":[]}",
                "SWIPEONE | {\"status\":\"success\",\"data\":{\"count\":0,\"tags\":[]}}"
            })
    void createdTagIsFoundWhenTheResponseIsLostAndTheListLags(Vendor vendor, String list) {
        SandboxVendor<?> simulated = vendor == Vendor.SIPSIM ? gateway.sipsim() : gateway.swipeone();
        simulated.fail(Fault.cutOff().times(1).on("POST", ""));
        simulated.fail(Fault.slow(Duration.ZERO).times(1).on("GET", ""));
        simulated.fail(Fault.status(200, list).times(1).on("GET", ""));
        MutationResponse written =
                MutationResponse.of(gateway, "createTag(input: {name: \"Gold\", vendors: [" + vendor + "]})");
        assertThat(written.results()).containsExactly(vendor + " CREATED");
        assertThat(records.writes()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("silences")
    void createFailsWhenTheVendorNeverProcessedIt(Fault silence) {
        gateway.sipsim().fail(silence.on("POST", ""));
        gateway.swipeone().fail(silence.on("POST", ""));
        MutationResponse written = MutationResponse.of(gateway, "createTag(input: {name: \"Gold\", ifExists: REUSE})");
        assertThat(written.texts("/results", "status")).containsExactly("FAILED", "FAILED");
        assertThat(written.results()).allMatch(line -> line.contains("!UPSTREAM_"));
        assertThat(written.errors()).hasSize(2);
        assertThat(records.sipsimTags()).hasSize(14);
        assertThat(records.swipeoneTags()).hasSize(12);
        assertThat(records.writes()).hasSize(2);
    }

    @Test
    void createFailsWhenItsOutcomeIsUnknown() {
        gateway.sipsim().fail(Fault.cutOff().on("POST", ""));
        gateway.sipsim().fail(Fault.slow(Duration.ZERO).times(1).on("GET", ""));
        gateway.sipsim().fail(Fault.status(503).on("GET", ""));
        MutationResponse written =
                MutationResponse.of(gateway, "createTag(input: {name: \"Gold\", vendors: [SIPSIM]})");
        assertThat(written.results()).containsExactly("SIPSIM FAILED !UPSTREAM_UNAVAILABLE");
        gateway.sipsim().removeFaults();
        assertThat(gateway.texts("{ tags(first: 100) { nodes { name } } }", "tags.nodes[*].name"))
                .contains("Gold");
        assertThat(MutationResponse.of(gateway, "createTag(input: {name: \"Gold\", vendors: [SIPSIM]})")
                        .results())
                .containsExactly("SIPSIM FAILED NAME_TAKEN@input.name");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void updateIsRepeated(Fault loss) {
        loseOnce(loss, "PATCH");
        assertThat(MutationResponse.of(gateway, "updateTag(input: {id: \"sipsim:tag:4\", name: \"Money\"})")
                        .result())
                .isEqualTo("SIPSIM UPDATED");
        assertThat(MutationResponse.of(gateway, "updateTag(input: {id: \"" + WEBINAR + "\", color: \"red\"})")
                        .result())
                .isEqualTo("SWIPEONE UPDATED");
        assertThat(records.sipsimTags()).hasSize(14).contains("Money #0090FF: Invoices and payments");
        assertThat(records.swipeoneTags()).contains("Webinar red");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void deleteSucceedsWhenTheRepetitionReturnsNotFound(Fault loss) {
        loseOnce(loss, "DELETE");
        assertThat(MutationResponse.of(gateway, "deleteTag(input: {id: \"sipsim:tag:4\"})")
                        .result())
                .isEqualTo("SIPSIM DELETED");
        assertThat(records.sipsimTags()).hasSize(13);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void tagsOfCallsAreAssignedAndUnassignedAgain(Fault loss) {
        loseOnce(loss, "PUT");
        loseOnce(loss, "DELETE");
        MutationResponse written =
                MutationResponse.of(gateway, "setTags(input: {subjectId: \"" + CALL + "\", tags: [{name: \"VIP\"}]})");
        assertThat(written.result()).isEqualTo(CALL + " UPDATED +VIP -Billing -Partner -Renewal");
        assertThat(written.errors()).isEmpty();
        assertThat(records.callTags("100399")).containsExactly("VIP");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void tagsOfContactsAreReplacedAgainWhenNeeded(Fault loss) {
        loseOnce(loss, "POST");
        MutationResponse written = MutationResponse.of(
                gateway,
                "tagSubjects(input: {subjectIds: [\"" + CONTACT + "\"], add: [{name: \"Trial\"}],"
                        + " remove: [{name: \"VIP\"}]})");
        assertThat(written.result()).isEqualTo(CONTACT + " UPDATED +Trial -VIP");
        assertThat(written.errors()).isEmpty();
        assertThat(records.contactTags(CONTACT_ID)).containsExactly("newsletter", "complaint", "trial");
    }

    @Test
    void replacementSucceedsAtTheSecondAttempt() {
        gateway.swipeone().fail(Fault.hang().times(1).on("POST", ""));
        MutationResponse written = MutationResponse.of(
                gateway, "addTags(input: {subjectId: \"" + CONTACT + "\", tags: [{name: \"Trial\"}]})");
        assertThat(written.result()).isEqualTo(CONTACT + " UPDATED +Trial");
        assertThat(records.contactTags(CONTACT_ID)).containsExactly("newsletter", "vip", "complaint", "trial");
    }

    @Test
    void verificationIsRepeatedWhenItFailsOnce() {
        gateway.execute("{ tags { totalCount } }").path("tags.totalCount").hasValue();
        gateway.swipeone().fail(Fault.slow(Duration.ZERO).times(1).on("GET", "/api/contacts"));
        gateway.swipeone().fail(Fault.status(503).times(1).on("GET", "/api/contacts"));
        MutationResponse written = MutationResponse.of(
                gateway, "addTags(input: {subjectId: \"" + CONTACT + "\", tags: [{name: \"Trial\"}]})");
        assertThat(written.result()).isEqualTo(CONTACT + " UPDATED +Trial");
        assertThat(records.contactTags(CONTACT_ID)).contains("trial", "vip");
    }

    private void loseOnce(Fault loss, String method) {
        gateway.sipsim().fail(loss.times(1).on(method, ""));
        gateway.swipeone().fail(loss.times(1).on(method, ""));
    }
}
