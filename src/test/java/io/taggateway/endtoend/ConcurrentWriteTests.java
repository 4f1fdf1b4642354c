package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that concurrent writers lose no change. */
@GatewayTest
@SlowTest
class ConcurrentWriteTests {

    private static final String CONTACT_ID = "6682840d9286aa59ee001001";
    private static final String CONTACT = "swipeone:contact:" + CONTACT_ID;
    private static final String CALL = "sipsim:call:100400";
    private static final List<String> TEN = List.of(
            "Follow Up",
            "Hot Lead",
            "Billing",
            "Renewal",
            "Partner",
            "Customer",
            "Churn Risk",
            "Trial",
            "Webinar",
            "VIP");

    private final TestGateway gateway;
    private final VendorRecordClient records;

    ConcurrentWriteTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void noChangeIsLostByTenWritersOfOneContact(int staleReads) {
        gateway.swipeone().options(gateway.swipeone().options().withStaleReads(staleReads));
        List<MutationResponse> all = atOnce(TEN.stream().map(tag -> change("addTags", CONTACT, tag)));
        assertThat(all).extracting(MutationResponse::errors).containsOnly(List.of());
        assertThat(all.stream().map(MutationResponse::result))
                .hasSize(10)
                .allMatch(line -> line.startsWith(CONTACT + " UPDATED +") || line.equals(CONTACT + " UNCHANGED"));
        gateway.swipeone().options(gateway.swipeone().options().withStaleReads(0));
        assertThat(records.contactTags(CONTACT_ID))
                .containsExactlyInAnyOrder(
                        "newsletter",
                        "vip",
                        "complaint",
                        "follow_up",
                        "hot_lead",
                        "billing",
                        "renewal",
                        "partner",
                        "customer",
                        "churn_risk",
                        "trial",
                        "webinar");
    }

    @Test
    void noChangeIsLostByConcurrentAddsAndRemoves() {
        atOnce(Stream.of(
                change("removeTags", CONTACT, "VIP"),
                change("addTags", CONTACT, "Trial"),
                change("removeTags", CONTACT, "Newsletter"),
                change("addTags", CONTACT, "Partner"),
                change("addTags", CONTACT, "Billing")));
        assertThat(records.contactTags(CONTACT_ID))
                .containsExactlyInAnyOrder("complaint", "trial", "partner", "billing");
    }

    @Test
    void noChangeIsLostWhenSubjectsAreTheSameContact() {
        List<MutationResponse> all = atOnce(IntStream.range(0, 5)
                .mapToObj(i -> "tagSubjects(input: {subjectIds: [\"" + CONTACT + "\"], add: [{name: \"" + TEN.get(i)
                        + "\"}]})"));
        assertThat(all).allSatisfy(written -> assertThat(written.result()).startsWith(CONTACT + " UPDATED"));
        assertThat(records.contactTags(CONTACT_ID)).hasSize(8);
    }

    @Test
    void noChangeIsLostByTenWritersOfOneCall() {
        List<String> names = List.of(
                "VIP",
                "Follow-up",
                "Complaint",
                "Billing",
                "Hot Lead",
                "Support",
                "Sales Lead",
                "Renewal",
                "Spam",
                "Partner");
        atOnce(names.stream().map(tag -> change("addTags", CALL, tag)));
        assertThat(records.callTags("100400")).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void tenTagsAreListedAfterTenConcurrentCreates() {
        atOnce(IntStream.range(0, 10).mapToObj(i -> "createTag(input: {name: \"New " + i + "\"})"));
        assertThat(records.sipsimTags()).hasSize(24);
        assertThat(records.swipeoneTags()).hasSize(22);
        assertThat(gateway.texts("{ tags(first: 100) { nodes { name } } }", "tags.nodes[*].name"))
                .filteredOn(name -> name.startsWith("New "))
                .hasSize(20);
    }

    @Test
    void oneOfTenConcurrentCreatesOfOneTagSucceeds() {
        List<MutationResponse> all =
                atOnce(IntStream.range(0, 10).mapToObj(i -> "createTag(input: {name: \"New\", vendors: [SIPSIM]})"));
        assertThat(all.stream().map(MutationResponse::result))
                .filteredOn("SIPSIM CREATED"::equals)
                .hasSize(1);
        assertThat(all.stream().map(MutationResponse::result))
                .filteredOn("SIPSIM FAILED NAME_TAKEN@input.name"::equals)
                .hasSize(9);
        assertThat(records.sipsimTags()).hasSize(15);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 40})
    void writesSucceedWhenReadsLagBehind(int staleReads) {
        gateway.swipeone().options(gateway.swipeone().options().withStaleReads(staleReads));
        MutationResponse written = MutationResponse.of(gateway, change("addTags", CONTACT, "Trial"));
        gateway.swipeone().options(gateway.swipeone().options().withStaleReads(0));
        assertThat(written.result()).isEqualTo(CONTACT + " UPDATED +Trial");
        assertThat(records.contactTags(CONTACT_ID)).containsExactly("newsletter", "vip", "complaint", "trial");
        assertThat(records.writes()).hasSizeLessThanOrEqualTo(4);
        assertThat(records.reads()).isLessThan(20);
    }

    private List<MutationResponse> atOnce(Stream<String> calls) {
        List<CompletableFuture<MutationResponse>> all =
                calls.map(call -> MutationResponse.later(gateway.url(), call)).toList();
        return all.stream().map(CompletableFuture::join).toList();
    }

    private static String change(String mutation, String id, String tag) {
        return mutation + "(input: {subjectId: \"" + id + "\", tags: [{name: \"" + tag + "\"}]})";
    }
}
