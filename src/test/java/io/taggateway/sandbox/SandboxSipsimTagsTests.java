package io.taggateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.SandboxCaller.Response;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.sipsim.SipsimOptions.SipsimQuirk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Tests of SIPSIM's tags in the documented form. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxSipsimTagsTests {

    private final Sandbox sandbox = Sandbox.start();
    private final SandboxVendor<SipsimOptions> sipsim = sandbox.sipsim();
    private final SandboxCaller caller =
            SandboxCaller.of(sipsim.baseUrl(), "Authorization", "Bearer " + SipsimOptions.ACCESS_TOKEN);

    @BeforeAll
    void listens() {
        assertThat(sipsim.baseUrl()).matches("http://127\\.0\\.0\\.1:\\d+/api/v2");
    }

    @AfterAll
    void close() {
        sandbox.close();
    }

    @BeforeEach
    void resetAll() {
        sipsim.reset();
        sipsim.clearRequests();
        sipsim.options(SipsimOptions.defaults());
    }

    @Test
    void listsAllTagsOnOnePageWithoutToken() {
        Response response = caller.get("/tags");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.at("/status").intValue()).isEqualTo(200);
        assertThat(response.at("/request_id").asString()).hasSize(36);
        assertThat(response.at("/timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(response.at("/data").size()).isEqualTo(14);
        assertThat(response.at("/pagination").toString()).isEqualTo("{\"count\":14,\"limit\":1000,\"has_more\":false}");
        assertThat(response.at("/data/0").toString())
                .isEqualTo("{\"id\":1,\"name\":\"VIP\",\"color\":\"#8B5CF6\","
                        + "\"description\":\"Customers who go first\"}");
    }

    @Test
    void oneTagHasANullDescriptionAndOneHasNoDescription() {
        JsonNode tags = caller.get("/tags").at("/data");
        assertThat(tags.get(9).has("description")).isTrue();
        assertThat(tags.get(9).get("description").isNull()).isTrue();
        assertThat(tags.get(10).has("description")).isFalse();
        sipsim.options(sipsim.options().withQuirks(SipsimQuirk.NULL_DESCRIPTION_LEFT_OUT));
        assertThat(caller.get("/tags").at("/data/9").has("description")).isFalse();
    }

    @Test
    void allTagsAreReadByPaddedPageTokens() {
        sipsim.options(sipsim.options().withTagPageLimit(4));
        List<Long> ids = new ArrayList<>();
        String query = "?limit=1000";
        for (int page = 0; page < 4; page++) {
            Response response = caller.get("/tags" + query);
            response.at("/data").forEach(tag -> ids.add(tag.get("id").longValue()));
            assertThat(response.at("/pagination/has_more").booleanValue()).isEqualTo(page < 3);
            assertThat(response.at("/pagination").has("page")).isEqualTo(page < 3);
            String token = response.at("/pagination/page").asString("");
            assertThat(token).matches(page < 3 ? "[A-Za-z0-9+/]+=" : "");
            query = "?page=" + token.replace("=", "%3D");
        }
        assertThat(ids).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L);
    }

    @Test
    void pageTokensAreInvalidWhenConfigured() {
        sipsim.options(sipsim.options().withTagPageLimit(7).withQuirks(SipsimQuirk.PAGE_TOKEN_MISSING));
        assertThat(caller.get("/tags").at("/pagination/has_more").booleanValue())
                .isTrue();
        assertThat(caller.get("/tags").at("/pagination").has("page")).isFalse();
        sipsim.options(sipsim.options().withQuirks(SipsimQuirk.PAGE_TOKEN_REPEATED));
        String token = caller.get("/tags").at("/pagination/page").asString();
        Response second = caller.get("/tags?page=" + token.replace("=", "%3D"));
        assertThat(second.at("/pagination/page").asString()).isEqualTo(token);
        assertThat(second.at("/pagination/has_more").booleanValue()).isTrue();
        sipsim.options(sipsim.options().withTagPageLimit(1000).withQuirks(SipsimQuirk.PAGE_TOKEN_AT_THE_END));
        assertThat(caller.get("/tags").at("/pagination").has("page")).isTrue();
        assertThat(caller.get("/tags?page=garbage").status()).isEqualTo(400);
        assertThat(caller.get("/tags?limit=0").status()).isEqualTo(400);
    }

    @Test
    void createsTagWithDefaultColor() {
        Response response = caller.call("POST", "/tags", "{\"name\":\"Nurture\"}");
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.at("/data").toString())
                .isEqualTo("{\"id\":15,\"name\":\"Nurture\",\"color\":\"#6B7280\",\"description\":null}");
        assertThat(caller.get("/tags").at("/data").size()).isEqualTo(15);
    }

    @Test
    void returnsTheDocumentedConflictWhenNameIsTaken() {
        Response response = caller.call("POST", "/tags", "{\"name\":\"VIP\",\"color\":\"#22C55E\"}");
        assertThat(response.status()).isEqualTo(409);
        assertThat(response.json().propertyNames()).containsExactly("status", "errors", "request_id", "path");
        assertThat(response.at("/errors/0").asString()).isEqualTo("Tag with this name already exists");
        assertThat(response.at("/path").asString()).isEqualTo("/api/v2/tags");
        assertThat(caller.call("PATCH", "/tags/2", "{\"name\":\"VIP\"}").status())
                .isEqualTo(409);
        assertThat(caller.call("POST", "/tags", "{\"name\":\"vip\"}").status()).isEqualTo(201);
        sipsim.options(sipsim.options().withQuirks(SipsimQuirk.NAMES_IGNORE_CASE));
        assertThat(caller.call("POST", "/tags", "{\"name\":\"Vip\"}").status()).isEqualTo(409);
    }

    @Test
    void rejectsUnreadableTags() {
        for (String body : List.of(
                "{}",
                "{\"name\":\" \"}",
                "[]",
                "{",
                "{\"name\":\"A\",\"color\":\"red\"}",
                "{\"name\":\"A\",\"description\":1}")) {
            assertThat(caller.call("POST", "/tags", body).status()).as(body).isEqualTo(400);
        }
        assertThat(caller.call("POST", "/tags", "").status()).isEqualTo(400);
    }

    @Test
    void updatesOnlyWhatIsGiven() {
        Response renamed = caller.call("PATCH", "/tags/1", "{\"name\":\"VIP Customer\"}");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.at("/data/name").asString()).isEqualTo("VIP Customer");
        assertThat(renamed.at("/data/color").asString()).isEqualTo("#8B5CF6");
        Response cleared = caller.call("PATCH", "/tags/1", "{\"description\":null,\"color\":\"#000000\"}");
        assertThat(cleared.at("/data/description").isNull()).isTrue();
        assertThat(cleared.at("/data/color").asString()).isEqualTo("#000000");
        assertThat(caller.call("PATCH", "/tags/99", "{}").status()).isEqualTo(404);
        assertThat(caller.call("PATCH", "/tags/x", "{}").status()).isEqualTo(404);
    }

    @Test
    void deletesTagFromAllCalls() {
        String calls = "/calls?start_time=2000-01-01T00:00:00Z&tags=1";
        assertThat(caller.get(calls).at("/data").size()).isPositive();
        Response response = caller.call("DELETE", "/tags/1", "");
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(caller.get(calls).at("/data").size()).isZero();
        assertThat(caller.call("DELETE", "/tags/1", "").status()).isEqualTo(404);
        sipsim.options(sipsim.options().withQuirks(SipsimQuirk.UNKNOWN_TAG_DELETED));
        assertThat(caller.call("DELETE", "/tags/1", "").status()).isEqualTo(204);
        assertThat(caller.call("POST", "/tags", "{\"name\":\"VIP\"}")
                        .at("/data/id")
                        .intValue())
                .isEqualTo(15);
    }

    @Test
    void singleTagsCannotBeRead() {
        assertThat(caller.get("/tags/1").status()).isEqualTo(404);
    }

    @Test
    void colorsHaveNoHashWhenConfigured() {
        sipsim.options(sipsim.options().withQuirks(SipsimQuirk.COLOR_WITHOUT_HASH));
        assertThat(caller.get("/tags").at("/data/0/color").asString()).isEqualTo("8B5CF6");
    }

    @Test
    void recordsRequestsInOrder() {
        caller.get("/tags?limit=5");
        caller.call("POST", "/tags", "{\"name\":\"Nurture\"}");
        assertThat(sipsim.requests()).hasSize(2);
        assertThat(sipsim.requests().getFirst().path()).isEqualTo("/api/v2/tags");
        assertThat(sipsim.requests().getFirst().query()).isEqualTo("limit=5");
        assertThat(sipsim.requests().getLast().method()).isEqualTo("POST");
        assertThat(sipsim.requests().getLast().body()).isEqualTo("{\"name\":\"Nurture\"}");
        assertThat(sipsim.requests().getLast().header("authorization")).isEqualTo("Bearer sandbox-access-token");
        sipsim.clearRequests();
        assertThat(sipsim.requests()).isEmpty();
    }
}
