package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a dry run writes nothing and returns the changes of the run. */
@GatewayTest
class DryRunTests {

    private final TestGateway gateway;
    private final VendorRecordClient records;

    DryRunTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "createTag(input: {name: \" Gold\", color: \"#8B5CF6\", description: \"Shiny\" DRY})",
                "createTag(input: {name: \"Spam\", color: \"red\" DRY})",
                "createTag(input: {name: \"follow up\", color: \"red\", ifExists: REUSE DRY})",
                "createTag(input: {name: \"follow up\", color: \"red\", description: \"New\", ifExists: UPDATE DRY})",
                "createTag(input: {name: \"Gold\", description: \"Shiny\", vendors: [SWIPEONE] DRY})",
                "createTag(input: {name: \" \" DRY})",
                "updateTag(input: {id: \"sipsim:tag:4\", name: \"Money\", description: null DRY})",
                "updateTag(input: {id: \"sipsim:tag:4\", name: \"Billing\" DRY})",
                "updateTag(input: {id: \"sipsim:tag:4\", name: \"VIP\" DRY})",
                "updateTag(input: {id: \"swipeone:tag:6682840d9286aa59ee00000c\", color: \"#123456\" DRY})",
                "updateTag(input: {id: \"sipsim:tag:99\", name: \"VIP\" DRY})",
                "deleteTag(input: {id: \"sipsim:tag:4\" DRY})",
                "deleteTag(input: {id: \"swipeone:tag:6682840d9286aa59ee00000c\" DRY})",
                "updateTagGroup(input: {slug: \"vip\", color: \"#123456\", description: \"First\" DRY})",
                "updateTagGroup(input: {slug: \"follow-up\", name: \"Spam\" DRY})",
                "addTags(input: {subjectId: \"sipsim:call:100399\", tags: [{name: \"VIP\"}, {name: \"Billing\"}] DRY})",
                "addTags(input: {subjectId: \"sipsim:call:100399\", tags: [{name: \"Nothing\"}] DRY})",
                "addTags(input: {subjectId: \"sipsim:call:1\", tags: [{name: \"New\"}], createMissing: true DRY})",
                "removeTags(input: {subjectId: \"swipeone:contact:6682840d9286aa59ee001001\", tags: [{slug: \"vip\"}]"
                        + " DRY})",
                "setTags(input: {subjectId: \"swipeone:contact:6682840d9286aa59ee001001\", tags: [{slug: \"trial\"}]"
                        + " DRY})",
                "setTags(input: {subjectId: \"sipsim:call:100399\", tags: [] DRY})",
                "tagSubjects(input: {subjectIds: [\"sipsim:call:100399\", \"sipsim:call:1\","
                        + " \"swipeone:contact:6682840d9286aa59ee001001\"], add: [{name: \"Hot Lead\"}],"
                        + " remove: [{name: \"Renewal\"}] DRY})",
                "tagCalls(input: {filter: {minDurationSeconds: 1800}, tags: [{name: \"Long Call\"}] DRY})",
                "syncTags(input: {from: SIPSIM, to: SWIPEONE, align: true DRY})",
                "syncTags(input: {from: SWIPEONE, to: SIPSIM, align: true DRY})",
                "syncTags(input: {from: SWIPEONE, to: SIPSIM, slugs: [\"spam\"] DRY})",
            })
    void dryRunReturnsTheChangesOfTheRun(String call) {
        List<String> sipsim = records.sipsimTags();
        List<String> swipeone = records.swipeoneTags();
        MutationResponse plan = MutationResponse.of(gateway, call.replace("DRY", ", dryRun: true"));
        assertThat(records.writes()).isEmpty();
        assertThat(records.sipsimTags()).isEqualTo(sipsim);
        assertThat(records.swipeoneTags()).isEqualTo(swipeone);
        MutationResponse run = MutationResponse.of(gateway, call.replace("DRY", ", dryRun: false"));
        assertThat(plan.results())
                .isEqualTo(run.results().stream()
                        .map(line -> line.replaceFirst(" (CREATED|UPDATED|DELETED)", " PLANNED"))
                        .toList());
        assertThat(plan.userErrors()).isEqualTo(run.userErrors());
        assertThat(plan.texts("/results", "slug")).isEqualTo(run.texts("/results", "slug"));
        assertThat(plan.text("/result/slug")).isEqualTo(run.text("/result/slug"));
        for (String member : List.of("action", "before", "after")) {
            assertThat(plan.payload().findValues(member))
                    .isEqualTo(run.payload().findValues(member));
        }
        assertThat(plan.payload().path("group")).isEqualTo(run.payload().path("group"));
        assertThat(plan.payload().path("changed")).isEqualTo(run.payload().path("changed"));
        assertThat(plan.payload().path("failed")).isEqualTo(run.payload().path("failed"));
        assertThat(plan.texts("/subject/tags", "name"))
                .containsExactlyInAnyOrderElementsOf(run.texts("/subject/tags", "name"));
        assertThat(plan.errors()).isEqualTo(run.errors());
    }

    /** A tag to be created has no id yet, so a dry run does not list it among the added tags. */
    @Test
    void dryRunReportsTheChangeOfTheSubjectWhenTagIsMissing() {
        String call = "addTags(input: {subjectId: \"sipsim:call:100399\", tags: [{name: \"New\"}, {name: \"VIP\"}],"
                + " createMissing: true, dryRun: ";
        assertThat(MutationResponse.of(gateway, call + "true})").result()).isEqualTo("sipsim:call:100399 PLANNED +VIP");
        assertThat(records.writes()).isEmpty();
        assertThat(MutationResponse.of(gateway, call + "false})").result())
                .isEqualTo("sipsim:call:100399 UPDATED +New +VIP");
    }

    @Test
    void planShowsANewTagAsEachVendorStoresIt() {
        MutationResponse plan = MutationResponse.of(
                gateway,
                "createTag(input: {name: \" Gold \", color: \"#123456\", description: \"Shiny\", dryRun: true})");
        assertThat(plan.payload()
                        .path("results")
                        .valueStream()
                        .map(result -> result.path("action").asString() + result.path("before") + result.path("after")))
                .containsExactly(
                        "CREATEnull{\"name\":\"Gold\",\"slug\":\"gold\",\"description\":\"Shiny\",\"color\":{\"hex\":"
                                + "\"#123456\",\"raw\":\"#123456\"}}",
                        "CREATEnull{\"name\":\"Gold\",\"slug\":\"gold\",\"description\":null,\"color\":{\"hex\":"
                                + "\"#5B5BD6\",\"raw\":\"iris\"}}");
    }

    @Test
    void planOfAGroupShowsItsColorsBeforeAndAfter() {
        MutationResponse plan = MutationResponse.of(
                gateway, "updateTagGroup(input: {slug: \"vip\", color: \"#EF4444\", dryRun: true})");
        assertThat(plan.payload()
                        .path("results")
                        .valueStream()
                        .map(result -> result.path("action").asString() + " "
                                + result.at("/before/color/hex").asString() + " "
                                + result.at("/after/color/hex").asString()))
                .containsExactly("UPDATE #8B5CF6 #EF4444", "UPDATE #8B5CF6 #E5484D");
        assertThat(plan.payload()
                        .at("/group/tags")
                        .valueStream()
                        .map(tag -> tag.at("/color/hex").asString()))
                .containsExactly("#EF4444", "#E5484D");
    }

    @Test
    void planDistinguishesTagsToCreateFromTagsToAlign() {
        MutationResponse plan = MutationResponse.of(
                gateway, "syncTags(input: {from: SIPSIM, to: SWIPEONE, align: true, dryRun: true})");
        assertThat(plan.texts("/results", "action"))
                .hasSize(14)
                .contains("CREATE", "UPDATE", "NONE")
                .doesNotContain("");
    }

    @Test
    void dryRunOfDeleteDeletesNothing() {
        MutationResponse plan = MutationResponse.of(gateway, "deleteTag(input: {id: \"sipsim:tag:4\", dryRun: true})");
        assertThat(plan.payload().path("deletedTagId").isNull()).isTrue();
        assertThat(plan.text("/result/tag/name")).isEqualTo("Billing");
        assertThat(records.sipsimTags()).hasSize(14);
    }
}
