package io.taggateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.SandboxCaller.Response;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import io.taggateway.sandbox.swipeone.SwipeOneOptions.ListEnd;
import io.taggateway.sandbox.swipeone.SwipeOneOptions.SwipeOneQuirk;
import io.taggateway.sandbox.swipeone.SwipeOneOptions.TakenLabel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests of Swipe One's tags in the documented form. */
class SandboxSwipeOneTagsTests {

    private static final String TAGS = "/workspaces/" + SwipeOneOptions.WORKSPACE_ID + "/tags";
    private static final String VIP = "/tags/6682840d9286aa59ee000001";
    private static final String CONTACT = "/contacts/6682840d9286aa59ee001000";
    private static final String UNKNOWN = "6682840d9286aa59eeffffff";

    private final Sandbox sandbox = Sandbox.start();
    private final SandboxVendor<SwipeOneOptions> swipeone = sandbox.swipeone();
    private final SandboxCaller caller = SandboxCaller.of(swipeone.baseUrl(), "x-api-key", SwipeOneOptions.API_KEY);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void listsAllTags() {
        Response response = caller.get(TAGS);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.at("/status").asString()).isEqualTo("success");
        assertThat(response.at("/data/count").intValue()).isEqualTo(12);
        assertThat(response.at("/data/tags").size()).isEqualTo(12);
        assertThat(response.at("/data/tags/1").toString())
                .isEqualTo("{\"_id\":\"6682840d9286aa59ee000002\",\"label\":\"Follow Up\",\"name\":\"follow_up\","
                        + "\"workspaceId\":\"" + SwipeOneOptions.WORKSPACE_ID + "\",\"color\":\"amber\"}");
        assertThat(caller.get(VIP).at("/data/tag/name").asString()).isEqualTo("vip");
    }

    @Test
    void refusesWrongKeysAndWorkspaces() {
        Response wrong = caller.with("x-api-key", "other").get(TAGS);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.at("/status").asString()).isEqualTo("fail");
        assertThat(caller.with("X-Nothing", "1").get(VIP).status()).isEqualTo(401);
        assertThat(caller.get("/workspaces/" + UNKNOWN + "/tags").status()).isEqualTo(401);
        swipeone.options(swipeone.options().withQuirks(SwipeOneQuirk.UNAUTHORIZED_IN_HTML));
        assertThat(caller.with("x-api-key", "other").get(TAGS).body()).startsWith("<html>");
    }

    @Test
    void unknownIdsAreNotFound() {
        assertThat(caller.get("/tags/" + UNKNOWN).json().toString())
                .isEqualTo("{\"status\":\"fail\",\"message\":\"Tag not found\"}");
        for (Response response : List.of(
                caller.get("/tags/" + UNKNOWN),
                caller.get("/tags/" + UNKNOWN + "/contacts"),
                caller.call("PATCH", "/tags/" + UNKNOWN, "{}"),
                caller.call("POST", "/contacts/" + UNKNOWN + "/tags", "{\"tags\":[]}"),
                caller.get("/contacts/" + UNKNOWN))) {
            assertThat(response.status()).isEqualTo(404);
        }
        swipeone.options(swipeone.options().withQuirks(SwipeOneQuirk.ERROR_ENVELOPE));
        assertThat(caller.get("/tags/" + UNKNOWN).at("/status").asString()).isEqualTo("error");
    }

    @Test
    void tagsCannotBeDeleted() {
        assertThat(caller.call("DELETE", VIP, "").status()).isEqualTo(404);
        swipeone.options(swipeone.options().withQuirks(SwipeOneQuirk.DELETE_NOT_ALLOWED));
        assertThat(caller.call("DELETE", VIP, "").status()).isEqualTo(405);
    }

    @Test
    void createsTagWithSlug() {
        Response response = caller.call("POST", TAGS, "{\"label\":\" Été & Co. \",\"color\":\"#FF5733\"}");
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.at("/data/tag/_id").asString()).matches("[0-9a-f]{24}");
        assertThat(response.at("/data/tag/name").asString()).isEqualTo("été_co");
        for (String body : List.of(
                "{}",
                "{\"label\":\"A\"}",
                "{\"label\":\"\",\"color\":\"red\"}",
                "{\"label\":\"A\",\"color\":\"x\"}",
                "[")) {
            assertThat(caller.call("POST", TAGS, body).status()).as(body).isEqualTo(400);
        }
    }

    @Test
    void strictColorsRefuseHex() {
        swipeone.options(swipeone.options().withQuirks(SwipeOneQuirk.STRICT_COLORS));
        assertThat(caller.call("POST", TAGS, "{\"label\":\"A\",\"color\":\"#FF5733\"}")
                        .status())
                .isEqualTo(400);
        assertThat(caller.call("POST", TAGS, "{\"label\":\"A\",\"color\":\"sky\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void takenLabelsAreHandledAsConfigured() {
        String vip = "{\"label\":\"VIP\",\"color\":\"red\"}";
        assertThat(caller.call("POST", TAGS, vip).at("/status").asString()).isEqualTo("error");
        assertThat(caller.call("POST", TAGS, vip).status()).isEqualTo(400);
        swipeone.options(swipeone.options().withTakenLabel(TakenLabel.CONFLICT));
        assertThat(caller.call("POST", TAGS, vip).status()).isEqualTo(409);
        swipeone.options(swipeone.options().withTakenLabel(TakenLabel.ANSWERED));
        assertThat(caller.call("POST", TAGS, vip).at("/data/tag/color").asString())
                .isEqualTo("#8B5CF6");
        swipeone.options(swipeone.options().withTakenLabel(TakenLabel.DUPLICATED));
        assertThat(caller.call("POST", TAGS, vip).at("/data/tag/name").asString())
                .isEqualTo("vip");
        swipeone.options(swipeone.options().withQuirks(SwipeOneQuirk.SLUGS_NUMBERED));
        assertThat(caller.call("POST", TAGS, vip).at("/data/tag/name").asString())
                .isEqualTo("vip_2");
        assertThat(caller.get(TAGS).at("/data/count").intValue()).isEqualTo(14);
        swipeone.reset();
        assertThat(caller.get(TAGS).at("/data/count").intValue()).isEqualTo(12);
    }

    @Test
    void slugIsFrozenOnRename() {
        Response response = caller.call("PATCH", VIP, "{\"label\":\"Updated VIP\",\"color\":\"#FF0000\"}");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.at("/data/tag/label").asString()).isEqualTo("Updated VIP");
        assertThat(response.at("/data/tag/name").asString()).isEqualTo("vip");
        assertThat(caller.call("PATCH", VIP, "{\"label\":\"\"}").status()).isEqualTo(400);
    }

    @Test
    void contactTagsAreReplaced() {
        Response response = caller.call(
                "POST", CONTACT + "/tags", "{\"tags\":[\"vip\",\"vip\",{\"label\":\"Lead\",\"color\":\"red\"}]}");
        assertThat(response.body()).isEqualTo("{\"status\":\"success\",\"message\":\"Tags added to contact\"}");
        assertThat(caller.get(CONTACT).at("/data/contact/tags").toString()).isEqualTo("[\"vip\",\"lead\"]");
        assertThat(caller.get(TAGS).at("/data/count").intValue()).isEqualTo(13);
        caller.call("POST", CONTACT + "/tags", "{\"tags\":[]}");
        assertThat(caller.get(CONTACT).at("/data/contact/tags").isEmpty()).isTrue();
        for (String body : List.of("{}", "{\"tags\":\"vip\"}", "{\"tags\":[1]}", "{\"tags\":[{\"label\":\"X\"}]}")) {
            assertThat(caller.call("POST", CONTACT + "/tags", body).status())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void contactTagsAreWrittenAsConfigured() {
        String unknown = "{\"tags\":[\"vip\",\"unheard\"]}";
        assertThat(caller.call("POST", CONTACT + "/tags", unknown).status()).isEqualTo(200);
        assertThat(caller.get(CONTACT).at("/data/contact/tags").toString()).isEqualTo("[\"vip\"]");
        swipeone.options(
                swipeone.options().withQuirks(SwipeOneQuirk.UNKNOWN_NAMES_REJECTED, SwipeOneQuirk.CONTACT_ANSWERED));
        assertThat(caller.call("POST", CONTACT + "/tags", unknown).status()).isEqualTo(400);
        String vip = "{\"tags\":[{\"label\":\"VIP\",\"color\":\"red\"}]}";
        assertThat(caller.call("POST", CONTACT + "/tags", vip)
                        .at("/data/contact/tags")
                        .toString())
                .isEqualTo("[\"vip\"]");
        assertThat(caller.get(TAGS).at("/data/count").intValue()).isEqualTo(12);
        swipeone.options(swipeone.options().withQuirks(SwipeOneQuirk.LABELS_DUPLICATED));
        caller.call("POST", CONTACT + "/tags", vip);
        assertThat(caller.get(TAGS).at("/data/count").intValue()).isEqualTo(13);
    }

    @Test
    void readsLagBehindWritesWhenConfigured() {
        swipeone.options(swipeone.options().withStaleReads(2));
        caller.call("PATCH", VIP, "{\"label\":\"New\"}");
        assertThat(caller.get(VIP).at("/data/tag/label").asString()).isEqualTo("VIP");
        assertThat(caller.get(TAGS).at("/data/tags/0/label").asString()).isEqualTo("VIP");
        assertThat(caller.get(VIP).at("/data/tag/label").asString()).isEqualTo("New");
    }

    @Test
    void contactsOfATagAreListedWithoutTheirTags() {
        Response response = caller.get(VIP + "/contacts");
        JsonNode first = response.at("/data/contacts/0");
        assertThat(response.at("/data/contacts").size()).isEqualTo(10);
        assertThat(response.at("/data/count").intValue()).isGreaterThan(10);
        assertThat(first.has("tags")).isFalse();
        assertThat(first.has("_id")).isTrue();
        swipeone.options(swipeone.options().withQuirks(SwipeOneQuirk.LISTED_WITHOUT_ID));
        assertThat(caller.get(VIP + "/contacts").at("/data/contacts/0").propertyNames())
                .containsExactly("name", "email");
        swipeone.options(swipeone.options().withQuirks(SwipeOneQuirk.LISTED_WITH_TAGS));
        assertThat(caller.get(VIP + "/contacts").at("/data/contacts/0/tags").toString())
                .contains("\"vip\"");
    }

    @Test
    void contactsOfATagEndAsConfigured() {
        String all = VIP + "/contacts?limit=100";
        assertThat(caller.get(all).at("/data").propertyNames()).containsExactly("count", "contacts");
        swipeone.options(swipeone.options().withListEnd(ListEnd.NULL));
        assertThat(caller.get(all).at("/data/searchAfter").isNull()).isTrue();
        swipeone.options(swipeone.options().withListEnd(ListEnd.REPEATED));
        String token = caller.get(all).at("/data/searchAfter").stringValue();
        Response beyond = caller.get(all + "&searchAfter=" + token.replace("=", "%3D"));
        assertThat(beyond.at("/data/searchAfter").stringValue()).isEqualTo(token);
        assertThat(beyond.at("/data/contacts").isEmpty()).isTrue();
    }
}
