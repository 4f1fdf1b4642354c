package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.test.tester.GraphQlTester;

/** Tests of names that differ in symbols only, are invisible or malformed, and of invalid colors. */
@GatewayTest
class UnusualNameTests {

    private static final String CALL = "sipsim:call:100400";

    private final TestGateway gateway;
    private final VendorRecordClient records;

    UnusualNameTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    @ParameterizedTest
    @CsvSource({"A+, A-", "C++, C#", "< 5, > 5", "🔥 Lead, ❄️ Lead", "Paid, Paid?", "50%, 50", "R&D, R D", "*VIP*, VIP*"
    })
    void tagIsNotAssignedWhenItsNameDiffersInASymbol(String stored, String wanted) {
        records.addSipsimTag(stored, "#E5484D");
        assertThat(addTag(wanted, false).userErrors()).containsExactly("NOT_FOUND@input.tags.0.name");
        assertThat(addTag(wanted, true).result()).isEqualTo(CALL + " UPDATED +" + wanted);
        assertThat(gateway.texts("{ tagGroups(first: 100) { nodes { name } } }", "tagGroups.nodes[*].name"))
                .contains(stored, wanted);
    }

    @Test
    void emojiAndItsCodePointAsNumberAreTwoGroups() {
        String id = records.addSipsimTag("🔥", "#E5484D");
        records.addSwipeoneTag(id, "red");
        assertThat(gateway.texts("{ tagGroup(slug: \"🔥\") { tags { name } } }", "tagGroup.tags[*].name"))
                .containsExactly("🔥");
        assertThat(gateway.texts("{ tagGroup(slug: \"" + id + "\") { tags { name } } }", "tagGroup.tags[*].name"))
                .containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u200b",
                "\\u2060 \\u00ad",
                "\\u3164",
                "\\u2800",
                "V\\u202eIP",
                "\\u2067VIP\\u2069",
                "\\u0007",
                " "
            })
    void invisibleNameIsRefused(String name) {
        assertThat(MutationResponse.of(gateway, "createTag(input: {name: \"" + name + "\"})")
                        .userErrors())
                .containsExactly("NAME_INVALID@input.name");
        assertThat(MutationResponse.of(gateway, "updateTag(input: {id: \"sipsim:tag:1\", name: \"" + name + "\"})")
                        .userErrors())
                .containsExactly("NAME_INVALID@input.name");
        assertThat(addTag(name, true).userErrors()).containsExactly("NAME_INVALID@input.tags.0.name");
        assertThat(records.writes()).isEmpty();
    }

    @Test
    void invisibleCharactersAtTheEndsAreTrimmed() {
        assertThat(MutationResponse.of(gateway, "createTag(input: {name: \"\\u200bGold\\ufeff \", vendors: [SIPSIM]})")
                        .result())
                .isEqualTo("SIPSIM CREATED NAME_TRIMMED");
        assertThat(records.sipsimTags()).contains("Gold #6B7280");
    }

    @Test
    void unpairedSurrogatesOfVendorsAreReplacedAndPagesEnd() {
        sipsimLists("{\"id\": 1, \"name\": \"a \\ud83d\", \"color\": \"#FF0000\"}, {\"id\": 2, \"name\": \"\\udd25\"}");
        assertThat(gateway.texts("{ tags(filter: {vendors: [SIPSIM]}) { nodes { name raw } } }", "tags.nodes[*].name"))
                .containsExactly("a \uFFFD", "\uFFFD");
        String after = "";
        for (String name : List.of("a \uFFFD", "\uFFFD")) {
            GraphQlTester.Response page = gateway.execute(
                    "{ tags(first: 1, filter: {vendors: [SIPSIM]}%s) { edges { cursor node { name } } } }"
                            .formatted(after));
            page.path("tags.edges[0].node.name").entity(String.class).isEqualTo(name);
            after = ", after: \"%s\""
                    .formatted(page.path("tags.edges[0].cursor")
                            .entity(String.class)
                            .get());
        }
        gateway.execute("{ tags(first: 1, filter: {vendors: [SIPSIM]}%s) { edges { cursor } } }".formatted(after))
                .path("tags.edges[*]")
                .entityList(Object.class)
                .hasSize(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u0301\u0323", "🔥", "ﷺ"})
    void longNameOfAVendorIsShownWholeAndPagesEnd(String part) {
        String name = "x" + part.repeat(20_000);
        sipsimLists("{\"id\": 1, \"name\": \"%s1\"}, {\"id\": 2, \"name\": \"%s2\"}".formatted(name, name));
        for (String list : List.of("tags", "tagGroups")) {
            String nodes = list.equals("tags") ? "node { name }" : "node { tags { name } }";
            List<String> names = new ArrayList<>();
            String after = "";
            boolean more = true;
            while (more && names.size() < 40) {
                GraphQlTester.Response page =
                        gateway.execute("{ %s(first: 1%s) { edges { cursor %s } pageInfo { hasNextPage } } }"
                                .formatted(list, after, nodes));
                names.addAll(page.path(list + ".edges[*]..name")
                        .entityList(String.class)
                        .get());
                after = ", after: \"%s\""
                        .formatted(page.path(list + ".edges[0].cursor")
                                .entity(String.class)
                                .get());
                more = page.path(list + ".pageInfo.hasNextPage")
                        .entity(Boolean.class)
                        .get();
            }
            assertThat(names).hasSizeLessThan(40).containsOnlyOnce(name + 1, name + 2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb(220, 38, 38)",
                "rgb(220 38 38 / 1)",
                "rgba(220,38,38,1)",
                "hsl(0, 72.2%, 50.6%)",
                "##DC2626",
                "#DC2626FF",
                "DC2626",
                "hsl(0deg 72.2% 50.6%)"
            })
    void cssColorIsWrittenAsTheSameColor(String color) {
        records.addSwipeoneTag("Urgent", "sky");
        sipsimLists("{\"id\": 1, \"name\": \"Urgent\", \"color\": \"" + color + "\"}");
        assertThat(align().results()).containsExactly("SWIPEONE UPDATED COLOR_ROUNDED");
        assertThat(records.swipeoneTags()).contains("Urgent red");
    }

    @ParameterizedTest
    @ValueSource(strings = {"14427686", "reddish", "", "var(--red)", "#12345", "url(red)", "rgb(1,2)", "#GGGGGG"})
    void unreadableColorIsNoDriftAndIsNeverWritten(String color) {
        records.addSwipeoneTag("Urgent", "red");
        sipsimLists("{\"id\": 1, \"name\": \"Urgent\", \"color\": \"" + color + "\"}");
        assertThat(gateway.texts("{ tagGroup(slug: \"urgent\") { drift { field } } }", "tagGroup.drift[*].field"))
                .isEmpty();
        assertThat(align().results()).containsExactly("SWIPEONE UNCHANGED");
        assertThat(records.swipeoneTags()).contains("Urgent red");
    }

    @Test
    void synchronizationReportsTagsThatItSkipsAsEqual() {
        sipsimLists("{\"id\": 1, \"name\": \"Follow-up\", \"color\": \"#FFC53D\"},"
                + " {\"id\": 2, \"name\": \"Follow Up\", \"color\": \"#E5484D\"}");
        MutationResponse written = align();
        assertThat(written.results()).containsExactly("SWIPEONE UNCHANGED EQUAL_TAG_LEFT_OUT");
        assertThat(written.text("/results/0/warnings/0/message")).contains("`Follow Up`", "sipsim:tag:2");
    }

    private MutationResponse addTag(String name, boolean createMissing) {
        return MutationResponse.of(
                gateway,
                "addTags(input: {subjectId: \"" + CALL + "\", tags: [{name: \"" + name + "\"}], createMissing: "
                        + createMissing + "})");
    }

    private MutationResponse align() {
        return MutationResponse.of(gateway, "syncTags(input: {from: SIPSIM, to: SWIPEONE, align: true})");
    }

    private void sipsimLists(String tags) {
        String body = "{\"status\": 200, \"data\": [" + tags + "], \"pagination\": {\"has_more\": false}}";
        gateway.sipsim().fail(Fault.status(200, body).on("GET", "/api/v2/tags"));
    }
}
