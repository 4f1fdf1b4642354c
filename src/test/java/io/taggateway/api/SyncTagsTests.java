package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of synchronizing one vendor's tags with the other's. */
@GatewayTest
class SyncTagsTests {

    private static final String TO_SWIPEONE = "from: SIPSIM, to: SWIPEONE";
    private static final String TO_SIPSIM = "from: SWIPEONE, to: SIPSIM";

    private final TestGateway gateway;
    private final VendorRecordClient records;

    SyncTagsTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    @Test
    void tagsMissingInTheCrmAreCreated() {
        MutationResponse written = sync(TO_SWIPEONE);
        assertThat(written.texts("/results", "slug"))
                .containsExactly(
                        "billing",
                        "complaint",
                        "demo-request",
                        "follow-up",
                        "hot-lead",
                        "long-call",
                        "partner",
                        "renewal",
                        "réclamation",
                        "sales-lead",
                        "spam",
                        "support",
                        "vip",
                        "wrong-number");
        assertThat(written.texts("/results", "vendor")).containsOnly("SWIPEONE");
        assertThat(written.results())
                .contains(
                        "SWIPEONE UNCHANGED",
                        "SWIPEONE CREATED DESCRIPTION_DROPPED COLOR_ROUNDED",
                        "SWIPEONE CREATED COLOR_ROUNDED");
        assertThat(records.swipeoneTags())
                .hasSize(19)
                .contains("VIP #8B5CF6", "Follow Up amber", "Sales Lead grass", "Wrong Number gray");
    }

    @Test
    void tagsMissingInTelephonyAreCreated() {
        assertThat(sync(TO_SIPSIM).texts("/results", "status"))
                .hasSize(12)
                .containsOnly("CREATED", "UNCHANGED")
                .filteredOn("CREATED"::equals)
                .hasSize(5);
        assertThat(records.sipsimTags())
                .hasSize(19)
                .contains("Webinar #FF5733", "Trial #86EAD4", "Follow-up #FFA500: Requires callback");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                TO_SWIPEONE,
                TO_SIPSIM,
                TO_SWIPEONE + ", align: true",
                TO_SIPSIM + ", align: true",
            })
    void secondRunChangesNothing(String input) {
        sync(input);
        List<String> sipsim = records.sipsimTags();
        List<String> swipeone = records.swipeoneTags();
        gateway.clearRequests();
        assertThat(sync(input).texts("/results", "status"))
                .containsOnly("UNCHANGED")
                .isNotEmpty();
        assertThat(records.writes()).isEmpty();
        assertThat(records.sipsimTags()).isEqualTo(sipsim);
        assertThat(records.swipeoneTags()).isEqualTo(swipeone);
    }

    @Test
    void colorsAreAlignedWhenRequested() {
        MutationResponse written = sync(TO_SWIPEONE + ", align: true, slugs: [\"vip\", \"partner\", \"billing\"]");
        assertThat(written.results())
                .containsExactly("SWIPEONE UNCHANGED", "SWIPEONE UPDATED COLOR_ROUNDED", "SWIPEONE UNCHANGED");
        assertThat(records.swipeoneTags())
                .hasSize(12)
                .contains("VIP #8B5CF6", "Billing blue")
                .doesNotContain("Partner gold");
        assertThat(sync(TO_SIPSIM + ", align: true, slugs: [\"hot-lead\", \"vip\"]")
                        .results())
                .containsExactly("SIPSIM UPDATED", "SIPSIM UNCHANGED");
        assertThat(records.sipsimTags())
                .contains("Hot Lead #E54D2E: Ready to buy", "VIP #8B5CF6: Customers who go first");
    }

    @Test
    void onlyTheNamedGroupsAreSynchronized() {
        assertThat(sync(TO_SWIPEONE + ", slugs: [\"spam\", \"vip\"]").texts("/results", "slug"))
                .containsExactly("spam", "vip");
        assertThat(records.swipeoneTags()).hasSize(13);
    }

    @Test
    void returnsInputErrorWhenTheSourceLacksASlug() {
        MutationResponse written = sync(TO_SWIPEONE + ", slugs: [\"spam\", \"webinar\"]");
        assertThat(written.userErrors()).containsExactly("NOT_FOUND@input.slugs.1");
        assertThat(written.results()).isEmpty();
        assertThat(records.writes()).isEmpty();
        assertThat(sync("from: SIPSIM, to: SIPSIM").userErrors()).containsExactly("NOTHING_TO_DO@input.to");
    }

    @Test
    void bothListsAreReloaded() {
        gateway.execute("{ tags { totalCount } }").path("tags.totalCount").hasValue();
        records.addSipsimTag("Fresh", "#E5484D");
        records.addSwipeoneTag("Spam", "red");
        MutationResponse written = sync(TO_SWIPEONE + ", slugs: [\"fresh\", \"spam\"]");
        assertThat(written.results()).containsExactly("SWIPEONE CREATED", "SWIPEONE UNCHANGED");
        assertThat(records.swipeoneTags()).hasSize(14).contains("Fresh red");
    }

    @Test
    void otherTagsAreSynchronizedWhenOneFails() {
        gateway.sipsim().fail(Fault.status(403).times(1).on("POST", ""));
        MutationResponse written = sync(TO_SIPSIM);
        assertThat(written.results())
                .hasSize(12)
                .filteredOn("SIPSIM FAILED !UPSTREAM_FORBIDDEN"::equals)
                .hasSize(1);
        assertThat(written.errors()).containsExactly("syncTags DOWNSTREAM_SERVICE_ERROR SIPSIM UPSTREAM_FORBIDDEN");
        assertThat(records.sipsimTags()).hasSize(18);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void nothingIsWrittenAndAnErrorIsReturnedWhenAListCannotBeRead(boolean source) {
        (source ? gateway.sipsim() : gateway.swipeone()).fail(Fault.status(503));
        MutationResponse written = sync(TO_SWIPEONE);
        assertThat(written.results()).isEmpty();
        assertThat(written.errors())
                .containsExactly("syncTags DOWNSTREAM_SERVICE_ERROR " + (source ? "SIPSIM" : "SWIPEONE")
                        + " UPSTREAM_UNAVAILABLE");
        assertThat(records.writes()).isEmpty();
    }

    private MutationResponse sync(String input) {
        return MutationResponse.of(gateway, "syncTags(input: {" + input + "})");
    }
}
