package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.VendorRecordClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of concurrent writes of tags, through the gateway and directly at the vendors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SlowTest
class WriteRaceTests {

    /** Has the tags Newsletter, VIP and Complaint. */
    private static final String CONTACT_ID = "6682840d9286aa59ee001001";

    private final InterceptedGateway intercepted = new InterceptedGateway();
    private final SandboxedGateway gateway = intercepted.gateway();
    private final VendorRecordClient records = gateway.records();

    @AfterAll
    void close() {
        intercepted.close();
    }

    @BeforeEach
    void startAnew() {
        gateway.expireCaches();
        gateway.sandbox().sipsim().removeFaults();
        gateway.sandbox().sipsim().reset();
        gateway.sandbox().swipeone().reset();
        intercepted.sipsim().removeActions();
        intercepted.swipeone().removeActions();
        // The cache has data of the previous test
        write("createTag(input: {name: \"VIP\", ifExists: REUSE, dryRun: true})");
        gateway.sandbox().sipsim().clearRequests();
        gateway.sandbox().swipeone().clearRequests();
    }

    @ParameterizedTest
    @CsvSource({"REUSE, SIPSIM REUSED", "FAIL, SIPSIM FAILED NAME_TAKEN@input.name", "UPDATE, SIPSIM UPDATED"})
    void tagOfAnotherWriterIsNotReportedAsCreatedAfterALostResponse(String ifExists, String result) {
        gateway.sandbox().sipsim().fail(Fault.status(502).times(1).on("POST", ""));
        intercepted.sipsim().after("POST", "/tags", () -> records.addSipsimTag("Gold", "#112233"));
        assertThat(write("createTag(input: {name: \"Gold\", color: \"#D4AF37\", vendors: [SIPSIM], ifExists: "
                                + ifExists + "})")
                        .results())
                .containsExactly(result);
        assertThat(records.sipsimTags())
                .filteredOn(tag -> tag.startsWith("Gold"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIPSIM", "SWIPEONE"})
    void tagsOfOneSlugThatManyCreateAtOnceAreOne(String vendor) {
        // A tag that was just created counts as existing, so each vendor gets its own name
        List<CompletableFuture<MutationResponse>> creations = IntStream.range(0, 8)
                .mapToObj(i -> later("createTag(input: {name: \"" + (i % 2 == 0 ? "Brand New" : "brand-new")
                        + "\", vendors: [" + vendor + "], ifExists: " + (i < 6 ? "REUSE" : "FAIL") + "})"))
                .toList();
        List<String> results = creations.stream()
                .map(creation -> creation.join().result().replaceAll(" NAME_TAKEN@input.name| COLOR_ROUNDED", ""))
                .toList();
        assertThat(results)
                .as("%s", results)
                .filteredOn(result -> result.endsWith(" CREATED"))
                .hasSize(1);
        assertThat(vendor.equals("SIPSIM") ? records.sipsimTags() : records.swipeoneTags())
                .filteredOn(tag -> tag.toLowerCase(Locale.ROOT).startsWith("brand"))
                .hasSize(1);
    }

    @Test
    void oneTagIsCreatedBySynchronizationAndConcurrentCreate() {
        records.addSipsimTag("Other Brand", "#112233");
        List<CompletableFuture<MutationResponse>> writes = List.of(
                later("syncTags(input: {from: SIPSIM, to: SWIPEONE, slugs: [\"other-brand\"]})"),
                later("syncTags(input: {from: SIPSIM, to: SWIPEONE, slugs: [\"other-brand\"]})"),
                later("createTag(input: {name: \"other brand\", vendors: [SWIPEONE], ifExists: REUSE})"));
        writes.forEach(CompletableFuture::join);
        assertThat(records.swipeoneTags())
                .filteredOn(tag -> tag.toLowerCase(Locale.ROOT).startsWith("other"))
                .hasSize(1);
    }

    @Test
    void requestedColorIsSetWhenAnotherProgramChangesItMeanwhile() {
        intercepted
                .sipsim()
                .after("GET", "/tags", () -> records.requestSipsim("PATCH", "/tags/4", "{\"color\": \"#FF0000\"}"));
        MutationResponse written =
                write("updateTag(input: {id: \"sipsim:tag:4\", name: \"Money\", color: \"#0090FF\"})");
        assertThat(written.result()).isEqualTo("SIPSIM UPDATED");
        assertThat(written.text("/tag/color/hex")).isEqualTo("#0090FF");
        assertThat(records.sipsimTags()).contains("Money #0090FF: Invoices and payments");
    }

    @Test
    void laterOfTwoUpdatesIsCached() {
        gateway.sandbox()
                .sipsim()
                .fail(Fault.slow(Duration.ofMillis(400)).times(1).on("PATCH", ""));
        CompletableFuture<MutationResponse> first =
                later("updateTag(input: {id: \"sipsim:tag:4\", color: \"#111111\"})");
        CompletableFuture<MutationResponse> second =
                later("updateTag(input: {id: \"sipsim:tag:4\", color: \"#222222\"})");
        assertThat(first.join().result()).isEqualTo("SIPSIM UPDATED");
        assertThat(second.join().result()).isEqualTo("SIPSIM UPDATED");
        String stored = records.requestSipsim("GET", "/tags", "")
                .path("data")
                .valueStream()
                .filter(tag -> tag.path("id").asInt() == 4)
                .map(tag -> tag.path("color").asString())
                .findFirst()
                .orElseThrow();
        assertThat(gateway.gateway()
                        .caller()
                        .execute("{ tag(id: \"sipsim:tag:4\") { color { hex } } }")
                        .path("tag.color.hex")
                        .entity(String.class)
                        .get())
                .isEqualTo(stored);
    }

    @Test
    void dryRunOfAGroupRefusesTheSameNameAsTheRun() {
        records.addSipsimTag("Follow Up", "#112233");
        records.addSipsimTag("follow-up", "#445566");
        String update = "updateTagGroup(input: {slug: \"follow-up\", name: \"Chase\"";
        List<String> planned = write(update + ", dryRun: true})").results();
        List<String> run = write(update + "})").results();
        assertThat(planned)
                .filteredOn(result -> result.startsWith("SIPSIM FAILED"))
                .hasSizeGreaterThan(0);
        assertThat(planned.stream().map(result -> result.replace("PLANNED", "UPDATED")))
                .isEqualTo(run);
    }

    @Test
    void userErrorsOfCreatedTagsAreThoseOfTheirResults() {
        MutationResponse written = write("createTag(input: {name: \"VIP\", ifExists: FAIL})");
        assertThat(written.userErrors()).containsExactly("NAME_TAKEN@input.name", "NAME_TAKEN@input.name");
    }

    @Test
    void tagIsUnassignedWhenAnotherProgramHasJustCreatedIt() {
        records.addSwipeoneTag("Late", "red");
        records.tagContact(CONTACT_ID, "vip", "late");
        assertThat(write("removeTags(input: {subjectId: \"swipeone:contact:" + CONTACT_ID
                                + "\", tags: [{name: \"Late\"}]})")
                        .result())
                .endsWith(" UPDATED -Late");
        assertThat(records.contactTags(CONTACT_ID)).containsExactly("vip");
    }

    @Test
    void returnedContactHasTheTagThatAnotherProgramHasJustCreated() {
        records.addSwipeoneTag("Late", "red");
        MutationResponse written =
                write("addTags(input: {subjectId: \"swipeone:contact:" + CONTACT_ID + "\", tags: [{name: \"Late\"}]})");
        assertThat(written.texts("/subject/tags", "name")).contains("Late", "VIP");
    }

    private MutationResponse write(String call) {
        return later(call).join();
    }

    private CompletableFuture<MutationResponse> later(String call) {
        return MutationResponse.later(gateway.url(), call);
    }
}
