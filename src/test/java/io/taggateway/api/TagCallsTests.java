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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests of tagging all calls that match a filter. */
@GatewayTest
class TagCallsTests {

    private static final String EVER = "startedAfter: \"2000-01-01T00:00:00Z\"";

    private final TestGateway gateway;
    private final VendorRecordClient records;

    TagCallsTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    @Test
    void callsOverThirtyMinutesAreTagged() {
        List<String> longCalls = longCalls();
        assertThat(longCalls).hasSizeGreaterThan(5);
        long tagged = count("Long Call");
        MutationResponse written = tag("{minDurationSeconds: 1800, " + EVER + "}", "");
        assertThat(written.texts("/results", "status"))
                .hasSize(longCalls.size())
                .contains("UPDATED", "UNCHANGED");
        assertThat(written.payload().path("changed").asLong()).isEqualTo(longCalls.size() - tagged);
        assertThat(count("Long Call")).isEqualTo(longCalls.size());
        gateway.clearRequests();
        MutationResponse again = tag("{minDurationSeconds: 1800, " + EVER + "}", "");
        assertThat(again.payload().path("changed").asInt()).isZero();
        assertThat(again.texts("/results", "status")).containsOnly("UNCHANGED").hasSize(longCalls.size());
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void callsOfTheLast30DaysAreTaggedByDefault() {
        MutationResponse written = tag("{}", ", dryRun: true");
        assertThat(written.results()).hasSizeBetween(195, 205);
    }

    @Test
    void allPagesOfTheVendorAreReadUpToTheLimit() {
        assertThat(tag("{" + EVER + "}", ", limit: 400").results()).hasSize(400);
        assertThat(count("Long Call")).isEqualTo(400);
        gateway.sipsim().reset();
        gateway.clearRequests();
        MutationResponse few = tag("{types: [MISSED], " + EVER + "}", ", limit: 25");
        assertThat(few.results()).hasSize(25);
        assertThat(records.writes()).hasSize(25);
    }

    @Test
    void callsArePagedWhenTheLimitExceedsAPage() {
        MutationResponse written = tag("{" + EVER + "}", ", limit: 10000, dryRun: true");
        assertThat(written.texts("/results", "subjectId")).hasSize(400).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001})
    void limitOutOfRangeIsRefused(int limit) {
        assertThat(tag("{}", ", limit: " + limit).userErrors()).containsExactly("TOO_MANY@input.limit");
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void returnsInputErrorWithoutTags() {
        MutationResponse written = MutationResponse.of(gateway, "tagCalls(input: {filter: {}, tags: []})");
        assertThat(written.userErrors()).containsExactly("NOTHING_TO_DO@input.tags");
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void everyCallFailsAndNothingIsWrittenWhenATagIsUnknown() {
        MutationResponse written =
                MutationResponse.of(gateway, "tagCalls(input: {filter: {}, tags: [{name: \"Nothing\"}], limit: 3})");
        assertThat(written.results()).hasSize(3).allMatch(line -> line.endsWith("FAILED NOT_FOUND@input.tags.0.name"));
        assertThat(written.payload().path("failed").asInt()).isEqualTo(3);
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void userErrorsOfAllCallsAreBounded() {
        String tags =
                IntStream.range(0, 20).mapToObj(i -> "{name: \"No " + i + "\"}").collect(Collectors.joining(", "));
        MutationResponse written = MutationResponse.of(
                gateway, "tagCalls(input: {filter: {" + EVER + "}, tags: [" + tags + "], limit: 400})");
        assertThat(written.texts("/results", "status")).hasSize(400).containsOnly("FAILED");
        assertThat(String.join(" ", written.results()).split("NOT_FOUND@", -1)).hasSize(1_001);
        assertThat(written.userErrors()).containsExactly("TOO_MANY@input");
    }

    @Test
    void missingTagIsCreatedOnce() {
        MutationResponse written = MutationResponse.of(
                gateway,
                "tagCalls(input: {filter: {types: [VOICEMAIL]}, tags: [{name: \"Voice\"}], createMissing: true,"
                        + " limit: 10})");
        assertThat(written.texts("/results", "status")).containsOnly("UPDATED").hasSize(10);
        assertThat(records.sipsimTags()).hasSize(15).contains("Voice #6B7280");
        assertThat(count("Voice")).isEqualTo(10);
    }

    @Test
    void otherSubjectsAreTaggedWhenOneFails() {
        gateway.sipsim().fail(Fault.status(403).times(1).on("PUT", ""));
        MutationResponse written = tag("{types: [VOICEMAIL]}", ", limit: 10");
        assertThat(written.texts("/results", "status"))
                .filteredOn("FAILED"::equals)
                .hasSize(1);
        assertThat(written.texts("/results", "status"))
                .filteredOn("UPDATED"::equals)
                .hasSize(9);
        assertThat(written.payload().path("failed").asInt()).isEqualTo(1);
        assertThat(written.errors()).containsExactly("tagCalls DOWNSTREAM_SERVICE_ERROR SIPSIM UPSTREAM_FORBIDDEN");
    }

    @Test
    void returnsErrorWhenCallsCannotBeListed() {
        gateway.sipsim().fail(Fault.status(503).on("GET", "/api/v2/calls"));
        MutationResponse written = tag("{}", "");
        assertThat(written.results()).isEmpty();
        assertThat(written.errors()).containsExactly("tagCalls DOWNSTREAM_SERVICE_ERROR SIPSIM UPSTREAM_UNAVAILABLE");
        assertThat(records.writes()).isEmpty();
    }

    private MutationResponse tag(String filter, String rest) {
        return MutationResponse.of(
                gateway, "tagCalls(input: {filter: " + filter + ", tags: [{name: \"Long Call\"}]" + rest + "})");
    }

    private List<String> longCalls() {
        return calls().filter(call -> call.path("duration_sec").asInt(0) >= 1800)
                .map(call -> call.path("id").asString())
                .toList();
    }

    private long count(String tag) {
        return calls().filter(call -> call.path("tags")
                        .valueStream()
                        .anyMatch(one -> one.path("name").asString().equals(tag)))
                .count();
    }

    private Stream<JsonNode> calls() {
        return gateway.getFromSipsim("/calls?start_time=2000-01-01T00:00:00Z")
                .path("data")
                .valueStream();
    }
}
