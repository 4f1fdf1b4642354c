package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of tagging many calls and contacts at once, with one result for each. */
@GatewayTest
class TagSubjectsTests {

    private static final String CONTACT = "swipeone:contact:6682840d9286aa59ee0010";

    private final TestGateway gateway;
    private final VendorRecordClient records;

    TagSubjectsTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    @Test
    void callsAndContactsGetTheirOwnVendorsTags() {
        MutationResponse written = tag(
                List.of(CONTACT + "01", "sipsim:call:100399", CONTACT + "00", "sipsim:call:100400"),
                "add: [{name: \"Hot Lead\"}], remove: [{slug: \"billing\"}]");
        assertThat(written.results())
                .containsExactly(
                        CONTACT + "01 UPDATED +Hot Lead",
                        "sipsim:call:100399 UPDATED +Hot Lead -Billing",
                        CONTACT + "00 UPDATED +Hot Lead",
                        "sipsim:call:100400 UPDATED +Hot Lead");
        assertThat(written.payload().path("changed").asInt()).isEqualTo(4);
        assertThat(written.payload().path("failed").asInt()).isZero();
        assertThat(records.callTags("100399")).containsExactly("Hot Lead", "Renewal", "Partner");
        assertThat(records.contactTags("6682840d9286aa59ee001000")).containsExactly("hot_lead");
        assertThat(records.contactTags("6682840d9286aa59ee001001"))
                .containsExactly("newsletter", "vip", "complaint", "hot_lead");
    }

    @Test
    void otherSubjectsAreTaggedWhenOneFails() {
        gateway.sipsim().fail(Fault.status(500).on("GET", "/api/v2/calls/100399"));
        MutationResponse written = tag(
                List.of("sipsim:call:1", "sipsim:call:100399", "nonsense", "sipsim:call:100400", "sipsim:tag:1"),
                "add: [{name: \"VIP\"}]");
        assertThat(written.results())
                .containsExactly(
                        "sipsim:call:1 FAILED NOT_FOUND@input.subjectIds",
                        "sipsim:call:100399 FAILED !UPSTREAM_UNAVAILABLE",
                        "nonsense FAILED NOT_FOUND@input.subjectIds",
                        "sipsim:call:100400 UPDATED +VIP",
                        "sipsim:tag:1 FAILED NOT_FOUND@input.subjectIds");
        assertThat(written.payload().path("changed").asInt()).isEqualTo(1);
        assertThat(written.payload().path("failed").asInt()).isEqualTo(4);
        assertThat(written.userErrors()).isEmpty();
        assertThat(written.errors())
                .containsExactly("tagSubjects DOWNSTREAM_SERVICE_ERROR SIPSIM UPSTREAM_UNAVAILABLE");
        assertThat(records.callTags("100400")).containsExactly("VIP");
    }

    @Test
    void onlySubjectsOfFailedVendorFailWithOneError() {
        gateway.swipeone().fail(Fault.status(503));
        MutationResponse written =
                tag(List.of(CONTACT + "00", "sipsim:call:100400", CONTACT + "01"), "add: [{name: \"VIP\"}]");
        assertThat(written.results())
                .containsExactly(
                        CONTACT + "00 FAILED !UPSTREAM_UNAVAILABLE",
                        "sipsim:call:100400 UPDATED +VIP",
                        CONTACT + "01 FAILED !UPSTREAM_UNAVAILABLE");
        assertThat(written.errors()).hasSize(1);
    }

    @Test
    void subjectIsChangedOnceWhenGivenTwice() {
        MutationResponse written = tag(
                List.of("sipsim:call:100400", "sipsim:call:100399", "sipsim:call:100400"), "add: [{name: \"VIP\"}]");
        assertThat(written.results())
                .containsExactly(
                        "sipsim:call:100400 UPDATED +VIP",
                        "sipsim:call:100399 UPDATED +VIP",
                        "sipsim:call:100400 UPDATED +VIP");
        assertThat(written.payload().path("changed").asInt()).isEqualTo(2);
        assertThat(records.writes()).hasSize(2);
    }

    @Test
    void fiveHundredSubjectsAreTaggedInTheirOrder() {
        List<String> ids = IntStream.range(0, 500)
                .mapToObj(i -> i % 10 == 9 ? "sipsim:call:" + i : "sipsim:call:" + (100400 - i % 3 - i / 3 * 10 % 390))
                .toList();
        MutationResponse written = tag(ids, "add: [{name: \"Spam\"}]");
        assertThat(written.texts("/results", "subjectId")).isEqualTo(ids);
        assertThat(written.userErrors()).isEmpty();
        assertThat(written.texts("/results", "status").subList(0, 9)).doesNotContain("FAILED");
        assertThat(written.texts("/results", "status").get(9)).isEqualTo("FAILED");
        assertThat(written.payload().path("changed").asInt())
                .isEqualTo(records.writes().size())
                .isBetween(80, 120);
    }

    @Test
    void returnsInputErrorForMoreThanFiveHundredSubjects() {
        List<String> ids =
                IntStream.rangeClosed(0, 500).mapToObj(i -> "sipsim:call:" + i).toList();
        MutationResponse written = tag(ids, "add: [{name: \"Spam\"}]");
        assertThat(written.userErrors()).containsExactly("TOO_MANY@input.subjectIds");
        assertThat(written.results()).isEmpty();
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void returnsInputErrorWithoutAnyTag() {
        assertThat(tag(List.of("sipsim:call:100400"), "add: [], remove: null").userErrors())
                .containsExactly("NOTHING_TO_DO@input.add");
        MutationResponse nobody = tag(List.of(), "add: [{name: \"VIP\"}]");
        assertThat(nobody.results()).isEmpty();
        assertThat(nobody.payload().path("changed").asInt()).isZero();
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void returnsConflictWhenATagIsAddedAndRemoved() {
        MutationResponse written =
                tag(List.of("sipsim:call:100400"), "add: [{name: \"VIP\"}], remove: [{id: \"sipsim:tag:1\"}]");
        assertThat(written.result()).isEqualTo("sipsim:call:100400 FAILED CONFLICT@input.remove");
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void onlySubjectsOfItsVendorFailWhenATagIsUnknown() {
        MutationResponse written = tag(List.of("sipsim:call:100400", CONTACT + "00"), "add: [{name: \"Newsletter\"}]");
        assertThat(written.results())
                .containsExactly(
                        "sipsim:call:100400 FAILED NOT_FOUND@input.add.0.name", CONTACT + "00 UPDATED +Newsletter");
        assertThat(records.contactTags("6682840d9286aa59ee001000")).containsExactly("newsletter");
    }

    @Test
    void missingTagIsCreatedOnceInEachVendor() {
        MutationResponse written = tag(
                List.of("sipsim:call:100400", CONTACT + "00", "sipsim:call:100398", CONTACT + "05"),
                "add: [{name: \"Brand New\"}], createMissing: true");
        assertThat(written.texts("/results", "status")).containsExactly("UPDATED", "UPDATED", "UPDATED", "UPDATED");
        assertThat(records.sipsimTags()).hasSize(15).contains("Brand New #6B7280");
        assertThat(records.swipeoneTags()).hasSize(13).contains("Brand New gray");
        assertThat(records.callTags("100398")).contains("Brand New");
        assertThat(records.contactTags("6682840d9286aa59ee001005")).contains("brand_new");
    }

    private MutationResponse tag(List<String> ids, String rest) {
        String quoted = ids.stream().map(id -> '"' + id + '"').collect(Collectors.joining(", "));
        return MutationResponse.of(gateway, "tagSubjects(input: {subjectIds: [" + quoted + "], " + rest + "})");
    }
}
