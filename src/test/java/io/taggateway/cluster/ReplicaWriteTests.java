package io.taggateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.JsonClient;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.VendorRecordClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Writes through three replicas at once. */
@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class ReplicaWriteTests {

    private static final String CONTACT_ID = "6682840d9286aa59ee001000";
    private static final List<String> TAGS = List.of(
            "Follow-up",
            "Hot Lead",
            "Billing",
            "Renewal",
            "Partner",
            "Customer",
            "Churn Risk",
            "Trial",
            "Webinar",
            "VIP");

    private final ReplicaSet replicas = ReplicaSet.start(3, Map.of("GATEWAY_CLUSTER_WRITES_NEED_REDIS", "true"));

    @AfterAll
    void close() {
        replicas.close();
    }

    @Test
    void noChangeIsLostByTenWritersOfOneContact() {
        List<MutationResponse> all = atOnce(TAGS.stream()
                .map(tag -> "addTags(input: {subjectId: \"swipeone:contact:" + CONTACT_ID + "\", tags: [{name: \"" + tag
                        + "\"}]})")
                .toList());

        assertThat(all).extracting(MutationResponse::errors).containsOnly(List.of());
        assertThat(all)
                .allMatch(one ->
                        one.result().contains(" UPDATED +") || one.result().endsWith(" UNCHANGED"));
        assertThat(VendorRecordClient.of(replicas.sandbox()).contactTags(CONTACT_ID))
                .contains(
                        "follow_up",
                        "hot_lead",
                        "billing",
                        "renewal",
                        "partner",
                        "customer",
                        "churn_risk",
                        "trial",
                        "webinar",
                        "vip");
    }

    @Test
    void oneOfTwentyCreatorsOfOneTagSucceedsAtEitherVendor() {
        for (int replica = 0; replica < 3; replica++) {
            JsonClient.execute(replicas.url(replica), "{ tags(first: 1) { nodes { name } } }");
        }
        List<MutationResponse> all = atOnce(IntStream.range(0, 20)
                .mapToObj(i -> "createTag(input: {name: \"Brand New\"})")
                .toList());

        assertThat(all.stream().filter(one -> one.result().contains("CREATED")))
                .as("%s", all.stream().map(MutationResponse::result).toList())
                .isNotEmpty();
        assertThat(replicas.records().sipsimTags())
                .filteredOn(tag -> tag.startsWith("Brand New "))
                .hasSize(1);
        assertThat(replicas.records().swipeoneTags())
                .filteredOn(tag -> tag.startsWith("Brand New "))
                .hasSize(1);
    }

    @Test
    void oneOfSixTagsIsGivenANameThatAllAreRenamedTo() {
        List<String> ids = IntStream.range(0, 6)
                .mapToObj(i -> "swipeone:tag:" + replicas.records().addSwipeoneTag("Old " + i, "blue"))
                .toList();
        for (int round = 0; round < 12; round++) {
            String name = "Same " + round;
            List<MutationResponse> all = atOnce(ids.stream()
                    .map(id -> "updateTag(input: {id: \"" + id + "\", name: \"" + name + "\"})")
                    .toList());

            assertThat(all.stream().map(MutationResponse::result).sorted())
                    .containsExactly(
                            "SWIPEONE FAILED NAME_TAKEN@input.name",
                            "SWIPEONE FAILED NAME_TAKEN@input.name",
                            "SWIPEONE FAILED NAME_TAKEN@input.name",
                            "SWIPEONE FAILED NAME_TAKEN@input.name",
                            "SWIPEONE FAILED NAME_TAKEN@input.name",
                            "SWIPEONE UPDATED");
            assertThat(replicas.records().swipeoneTags())
                    .filteredOn(tag -> tag.startsWith(name + ' '))
                    .hasSize(1);
        }
    }

    @Test
    void tagOfASyncIsCreatedOnce() {
        MutationResponse.of(replicas.url(0), "createTag(input: {name: \"Of Sipsim\", vendors: [SIPSIM]})");
        List<MutationResponse> all = atOnce(IntStream.range(0, 12)
                .mapToObj(i -> "syncTags(input: {from: SIPSIM, to: SWIPEONE, slugs: [\"of-sipsim\"]})")
                .toList());

        assertThat(all).extracting(MutationResponse::errors).containsOnly(List.of());
        assertThat(replicas.records().swipeoneTags())
                .filteredOn(tag -> tag.startsWith("Of Sipsim "))
                .hasSize(1);
    }

    private List<MutationResponse> atOnce(List<String> calls) {
        List<CompletableFuture<MutationResponse>> all = IntStream.range(0, calls.size())
                .mapToObj(i -> MutationResponse.later(replicas.url(i), calls.get(i)))
                .toList();
        return all.stream().map(CompletableFuture::join).toList();
    }
}
