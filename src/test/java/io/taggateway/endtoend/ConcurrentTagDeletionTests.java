package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of tags that another program deletes between the gateway's read and its write. */
@GatewayTest
class ConcurrentTagDeletionTests {

    /** Has the tags Billing, Renewal and Partner. */
    private static final String CALL = "sipsim:call:100399";

    private final TestGateway gateway;
    private final VendorRecordClient records;

    ConcurrentTagDeletionTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    /** The cached list has VIP, which is tag 1, but SIPSIM has not. */
    @BeforeEach
    void deleteBehindTheGatewaysBack() {
        gateway.execute("{ tags { totalCount } }").path("tags.totalCount").hasValue();
        records.requestSipsim("DELETE", "/tags/1", "");
    }

    @Test
    void returnsNotFoundForADeletedTagAndAssignsTheOthers() {
        MutationResponse written = add("[{name: \"VIP\"}, {name: \"Spam\"}]", false);
        assertThat(written.result()).isEqualTo(CALL + " FAILED +Spam NOT_FOUND@input.tags.0.name");
        assertThat(written.errors()).isEmpty();
        assertThat(records.callTags("100399")).contains("Spam");
        assertThat(gateway.texts("{ tags(first: 100) { nodes { id } } }", "tags.nodes[*].id"))
                .doesNotContain("sipsim:tag:1");
    }

    @Test
    void tagIsCreatedAgainWhenRequested() {
        assertThat(add("[{name: \"VIP\"}, {name: \"Spam\"}]", true).result()).isEqualTo(CALL + " UPDATED +Spam +VIP");
        assertThat(records.callTags("100399")).contains("Spam", "VIP");
    }

    @Test
    void tagIsReplacedByTheOneThatNowHasItsName() {
        String id = records.addSipsimTag("VIP", "#112233");
        assertThat(add("[{name: \"VIP\"}]", false).text("/result/added/0/id")).isEqualTo("sipsim:tag:" + id);
    }

    @Test
    void tagOfManyCallsIsLookedUpOnce() {
        MutationResponse written = MutationResponse.of(
                gateway, "tagCalls(input: {filter: {}, limit: 5, tags: [{name: \"VIP\"}], createMissing: true})");
        assertThat(written.results()).hasSize(5).allMatch(line -> line.endsWith(" UPDATED +VIP"));
        assertThat(records.writes())
                .filteredOn(write -> write.startsWith("POST"))
                .hasSize(1);
    }

    private MutationResponse add(String tags, boolean createMissing) {
        return MutationResponse.of(
                gateway,
                "addTags(input: {subjectId: \"" + CALL + "\", tags: " + tags + ", createMissing: " + createMissing
                        + "})");
    }
}
