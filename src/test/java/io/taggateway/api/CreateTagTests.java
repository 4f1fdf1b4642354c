package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.swipeone.SwipeOneOptions.SwipeOneQuirk;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of creating tags at one vendor or all, with one result for each. */
@GatewayTest
class CreateTagTests {

    private final TestGateway gateway;
    private final VendorRecordClient records;

    CreateTagTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    @Test
    void tagIsCreatedInEveryVendor() {
        MutationResponse written = create("name: \"Gold\", color: \"orange\"");
        assertThat(written.results()).containsExactly("SIPSIM CREATED", "SWIPEONE CREATED");
        assertThat(written.userErrors()).isEmpty();
        assertThat(written.errors()).isEmpty();
        assertThat(written.text("/results/0/tag/id")).isEqualTo("sipsim:tag:15");
        assertThat(written.text("/results/1/tag/remoteKey")).isEqualTo("gold");
        assertThat(written.texts("/results", "slug")).containsExactly("gold", "gold");
        assertThat(records.sipsimTags()).hasSize(15).contains("Gold #F76B15");
        assertThat(records.swipeoneTags()).hasSize(13).contains("Gold orange");
    }

    @ParameterizedTest
    @CsvSource({"SWIPEONE,14,13", "SIPSIM,15,12"})
    void tagIsCreatedInTheNamedVendorOnly(String vendor, int sipsimCount, int swipeoneCount) {
        assertThat(create("name: \"Gold\", vendors: [" + vendor + "]").results())
                .containsExactly(vendor + " CREATED");
        assertThat(records.sipsimTags()).hasSize(sipsimCount);
        assertThat(records.swipeoneTags()).hasSize(swipeoneCount);
    }

    @Test
    void resultsHaveTheOrderOfTheVendors() {
        assertThat(create("name: \"Gold\", vendors: [SWIPEONE, SIPSIM, SWIPEONE]")
                        .results())
                .containsExactly("SIPSIM CREATED", "SWIPEONE CREATED");
        assertThat(records.swipeoneTags())
                .filteredOn(tag -> tag.startsWith("Gold"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "#F00,#FF0000,tomato",
        "f00,#FF0000,tomato",
        "#00ff00,#00FF00,lime",
        "8E4EC6,#8E4EC6,purple",
        "Jade,#29A383,jade",
        "' sky ',#7CE2FE,sky",
        "#8E4EC6FF,#8E4EC6,purple"
    })
    void colorIsReadInAnyFormatAndWrittenInThatOfTheVendor(String color, String hex, String name) {
        create("name: \"Gold\", color: \"" + color + "\"");
        assertThat(records.sipsimTags()).contains("Gold " + hex);
        assertThat(records.swipeoneTags()).contains("Gold " + name);
    }

    @Test
    void roundedColorIsAWarning() {
        MutationResponse written = create("name: \"Gold\", color: \"#8B5CF6\"");
        assertThat(written.results()).containsExactly("SIPSIM CREATED", "SWIPEONE CREATED COLOR_ROUNDED");
        assertThat(written.text("/results/1/tag/color/hex")).isEqualTo("#8E4EC6");
        assertThat(written.text("/results/1/tag/color/raw")).isEqualTo("purple");
        assertThat(written.text("/results/1/warnings/0/message")).contains("#8B5CF6", "#8E4EC6");
        assertThat(records.swipeoneTags()).contains("Gold purple");
    }

    @Test
    void tagGetsTheDefaultColorWithoutWarningWhenNoneIsGiven() {
        assertThat(create("name: \"Gold\"").results()).containsExactly("SIPSIM CREATED", "SWIPEONE CREATED");
        assertThat(records.sipsimTags()).contains("Gold #6B7280");
        assertThat(records.swipeoneTags()).contains("Gold gray");
    }

    @SlowTest
    @Test
    void colorIsSentAsHexWhenConfigured() {
        try (SandboxedGateway played = SandboxedGateway.start(Map.of("SWIPEONE_COLOR_FORMAT", "hex"))) {
            String call = "createTag(input: {name: \"Gold\", color: \"#8b5cf6\", vendors: [SWIPEONE]})";
            assertThat(MutationResponse.of(played.url(), call).result()).isEqualTo("SWIPEONE CREATED");
            assertThat(played.records().swipeoneTags()).contains("Gold #8B5CF6");
        }
    }

    @Test
    void namesAndColorsAreCheckedBeforeAnyVendorRequest() {
        assertThat(create("name: \"   \"").userErrors()).containsExactly("NAME_INVALID@input.name");
        assertThat(create("name: \"a\\u0000b\"").userErrors()).containsExactly("NAME_INVALID@input.name");
        assertThat(create("name: \"Gold\", color: \"mauve\"").userErrors())
                .containsExactly("COLOR_INVALID@input.color");
        MutationResponse both = create("name: \"\", color: \"#12\"");
        assertThat(both.userErrors()).containsExactly("NAME_INVALID@input.name", "COLOR_INVALID@input.color");
        assertThat(both.results()).isEmpty();
        assertThat(both.errors()).isEmpty();
        assertThat(create("name: \"Gold\", vendors: []").userErrors()).containsExactly("NOTHING_TO_DO@input.vendors");
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void nameIsTrimmedWithAWarning() {
        assertThat(create("name: \"  Gold \", vendors: [SIPSIM]").result()).isEqualTo("SIPSIM CREATED NAME_TRIMMED");
        assertThat(records.sipsimTags()).contains("Gold #6B7280");
    }

    @Test
    void descriptionIsDroppedWithAWarningWhenOnlyAnotherVendorSupportsIt() {
        MutationResponse written = create("name: \"Gold\", description: \"Shiny\"");
        assertThat(written.results()).containsExactly("SIPSIM CREATED", "SWIPEONE CREATED DESCRIPTION_DROPPED");
        assertThat(written.text("/results/0/tag/description")).isEqualTo("Shiny");
        assertThat(records.sipsimTags()).contains("Gold #6B7280: Shiny");
    }

    @Test
    void descriptionIsUnsupportedForSwipeOneAlone() {
        MutationResponse written = create("name: \"Gold\", description: \"Shiny\", vendors: [SWIPEONE]");
        assertThat(written.results()).containsExactly("SWIPEONE FAILED DESCRIPTION_UNSUPPORTED@input.description");
        assertThat(written.text("/results/0/userErrors/0/vendor")).isEqualTo("SWIPEONE");
        assertThat(written.userErrors()).containsExactly("DESCRIPTION_UNSUPPORTED@input.description");
        assertThat(records.swipeoneTags()).hasSize(12);
    }

    @Test
    void takenNameOrSlugIsAnErrorOfThatVendorsResult() {
        MutationResponse exact = create("name: \"Spam\"");
        assertThat(exact.results()).containsExactly("SIPSIM FAILED NAME_TAKEN@input.name", "SWIPEONE CREATED");
        assertThat(exact.errors()).isEmpty();
        assertThat(create("name: \"FOLLOW   up\"").results())
                .containsExactly("SIPSIM FAILED NAME_TAKEN@input.name", "SWIPEONE FAILED NAME_TAKEN@input.name");
        assertThat(records.sipsimTags()).hasSize(14);
        assertThat(records.swipeoneTags()).hasSize(13).contains("Spam gray");
    }

    @Test
    void existingTagIsReusedUnchanged() {
        MutationResponse written = create("name: \"follow up\", color: \"red\", description: \"New\", ifExists: REUSE");
        assertThat(written.results()).containsExactly("SIPSIM REUSED", "SWIPEONE REUSED DESCRIPTION_DROPPED");
        assertThat(written.text("/results/0/tag/name")).isEqualTo("Follow-up");
        assertThat(written.text("/results/1/tag/name")).isEqualTo("Follow Up");
        assertThat(records.sipsimTags()).contains("Follow-up #FFA500: Requires callback");
        assertThat(records.swipeoneTags()).contains("Follow Up amber");
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void existingTagGetsColorAndDescriptionButKeepsItsName() {
        MutationResponse written =
                create("name: \"follow up\", color: \"red\", description: \"New\", ifExists: UPDATE");
        assertThat(written.results()).containsExactly("SIPSIM UPDATED", "SWIPEONE UPDATED DESCRIPTION_DROPPED");
        assertThat(records.sipsimTags()).contains("Follow-up #E5484D: New");
        assertThat(records.swipeoneTags()).contains("Follow Up red");
        assertThat(create("name: \"Follow-up\", color: \"red\", ifExists: UPDATE")
                        .results())
                .containsExactly("SIPSIM UNCHANGED", "SWIPEONE UNCHANGED");
    }

    @Test
    void exactNameTakesPrecedenceOverAnEqualSlug() {
        String id = records.addSipsimTag("Follow Up", "#123456");
        MutationResponse written = create("name: \"Follow Up\", vendors: [SIPSIM], ifExists: REUSE");
        assertThat(written.text("/results/0/tag/remoteId")).isEqualTo(id);
    }

    @Test
    void onlyResultOfFailedVendorFails() {
        gateway.sipsim().fail(Fault.status(503));
        MutationResponse written = create("name: \"Gold\"");
        assertThat(written.results()).containsExactly("SIPSIM FAILED !UPSTREAM_UNAVAILABLE", "SWIPEONE CREATED");
        assertThat(written.text("/results/0/error/code")).isEqualTo("DOWNSTREAM_SERVICE_ERROR");
        assertThat(written.userErrors()).isEmpty();
        assertThat(written.errors()).containsExactly("createTag DOWNSTREAM_SERVICE_ERROR SIPSIM UPSTREAM_UNAVAILABLE");
        gateway.sipsim().removeFaults();
        assertThat(records.sipsimTags()).hasSize(14);
        assertThat(records.swipeoneTags()).contains("Gold gray");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429})
    void writeFailsWhenTheVendorRefusesIt(int status) {
        gateway.swipeone().fail(Fault.status(status).on("POST", ""));
        MutationResponse written = create("name: \"Gold\", ifExists: UPDATE");
        assertThat(written.results().getLast()).startsWith("SWIPEONE FAILED !UPSTREAM_");
        assertThat(written.errors()).hasSize(1);
        assertThat(records.swipeoneTags()).hasSize(12);
        assertThat(records.writes())
                .filteredOn(write -> write.contains("/workspaces/"))
                .hasSize(1);
    }

    @Test
    void returnsRejectedWhenVendorRefusesForReasonsOfItsOwn() {
        gateway.swipeone().fail(Fault.status(422).on("POST", ""));
        assertThat(create("name: \"Gold\"").results())
                .containsExactly("SIPSIM CREATED", "SWIPEONE FAILED REJECTED_BY_VENDOR@input");
        assertThat(records.swipeoneTags()).hasSize(12);
    }

    @Test
    void createFailsWhenASuccessfulResponseContainsAnError() {
        gateway.sipsim()
                .fail(Fault.status(200, "{\"status\": 422, \"errors\": [\"No\"]}")
                        .on("POST", ""));
        gateway.swipeone()
                .fail(Fault.status(200, "{\"status\": \"fail\", \"message\": \"No\"}")
                        .on("POST", ""));
        assertThat(create("name: \"Gold\"").results())
                .containsExactly("SIPSIM FAILED REJECTED_BY_VENDOR@input", "SWIPEONE FAILED REJECTED_BY_VENDOR@input");
    }

    @Test
    void colorIsSentAsPaletteNameWhenVendorRequiresIt() {
        gateway.swipeone().options(gateway.swipeone().options().withQuirks(SwipeOneQuirk.STRICT_COLORS));
        assertThat(create("name: \"Gold\", color: \"#123456\", vendors: [SWIPEONE]")
                        .result())
                .isEqualTo("SWIPEONE CREATED COLOR_ROUNDED");
    }

    @Test
    void unusualNamesAreCreatedUnchanged() {
        List<String> names = List.of("🔥", "50% / year?", "日本", "O'Neil \\\\ Söhne", "--");
        for (String name : names) {
            assertThat(create("name: \"" + name + "\"").results())
                    .containsExactly("SIPSIM CREATED", "SWIPEONE CREATED");
            assertThat(create("name: \"" + name + "\", ifExists: REUSE").results())
                    .containsExactly("SIPSIM REUSED", "SWIPEONE REUSED");
        }
        assertThat(records.sipsimTags()).contains("🔥 #6B7280", "O'Neil \\ Söhne #6B7280");
        assertThat(records.swipeoneTags()).contains("50% / year? gray", "日本 gray");
    }

    private MutationResponse create(String input) {
        return MutationResponse.of(gateway, "createTag(input: {" + input + "})");
    }
}
