package io.taggateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.SandboxCaller.Response;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.sipsim.SipsimOptions.CallIdForm;
import io.taggateway.sandbox.sipsim.SipsimOptions.SipsimQuirk;
import io.taggateway.support.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests of SIPSIM's calls and their tags. */
class SandboxSipsimCallsTests {

    private static final Instant NOW = Instant.parse("2031-05-06T07:08:09Z");
    private static final String ALL = "/calls?start_time=2031-01-01T00:00:00Z";

    private final SettableClock clock = new SettableClock(NOW);
    private final Sandbox sandbox = Sandbox.start(SandboxProperties.defaults(), clock);
    private final SandboxVendor<SipsimOptions> sipsim = sandbox.sipsim();
    private final SandboxCaller caller =
            SandboxCaller.of(sipsim.baseUrl(), "Authorization", "Bearer " + SipsimOptions.ACCESS_TOKEN);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void startTimeIsRequiredAndReadable() {
        assertThat(caller.get("/calls").status()).isEqualTo(400);
        assertThat(caller.get("/calls").at("/errors/0").asString()).isEqualTo("start_time is required");
        assertThat(caller.get("/calls?start_time=yesterday").status()).isEqualTo(400);
        assertThat(caller.get("/calls?start_time=2031-01-01T00:00:00%2B02:00").status())
                .isEqualTo(200);
    }

    @Test
    void refusesParametersOutOfBounds() {
        for (String query : List.of(
                "&limit=19",
                "&limit=1001",
                "&limit=many",
                "&page=x",
                "&tags=VIP",
                "&call_types=outbound",
                "&end_time=never")) {
            assertThat(caller.get(ALL + query).status()).as(query).isEqualTo(400);
        }
    }

    @Test
    void callsOfSixtyDaysAreListedNewestFirst() {
        Response response = caller.get(ALL);
        List<Instant> starts = starts(response.at("/data"));
        assertThat(starts).hasSize(400).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(starts.getFirst()).isBefore(NOW);
        assertThat(starts.getLast()).isAfter(NOW.minus(Duration.ofDays(60)));
        assertThat(response.at("/pagination").toString())
                .isEqualTo("{\"count\":400,\"limit\":1000,\"has_more\":false}");
        assertThat(response.at("/data/0").propertyNames())
                .containsExactly(
                        "id",
                        "direction",
                        "call_type",
                        "caller_number",
                        "receiver_number",
                        "start_time",
                        "duration_sec",
                        "employee_id",
                        "tags");
    }

    @Test
    void callsAreVaried() {
        List<JsonNode> calls = list(caller.get(ALL).at("/data"));
        assertThat(calls)
                .extracting(call -> call.get("call_type").asString())
                .contains("inbound", "outgoing", "missed", "voicemail");
        assertThat(calls).anyMatch(call -> call.get("duration_sec").isNull());
        assertThat(calls).anyMatch(call -> call.get("duration_sec").asInt(0) > 3600);
        assertThat(calls).allMatch(call -> call.get("tags").size() <= 3);
        assertThat(calls).anyMatch(call -> call.get("tags").size() == 3);
        assertThat(calls).anyMatch(call -> call.get("tags").isEmpty());
        assertThat(calls).filteredOn(call -> call.get("id").isString()).hasSize(40);
        assertThat(calls)
                .filteredOn(call -> call.get("id").isString())
                .allMatch(call -> call.get("id").stringValue().matches("\\+\\d+-\\d+\\.\\d+"));
    }

    @Test
    void allPagesHaveTheFiltersOfTheFirst() {
        List<String> ids = new ArrayList<>();
        String page = "";
        int pages = 0;
        boolean more = true;
        while (more) {
            Response response = caller.get(ALL + "&limit=150" + page);
            response.at("/data").forEach(call -> ids.add(call.get("id").asString()));
            more = response.at("/pagination/has_more").booleanValue();
            page = "&page=" + response.at("/pagination/page").asString("").replace("=", "%3D");
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(ids).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void filtersReduceTheList() {
        List<JsonNode> tagged = list(caller.get(ALL + "&tags=1,2").at("/data"));
        assertThat(tagged)
                .isNotEmpty()
                .allMatch(call -> tagIds(call).contains(1L) || tagIds(call).contains(2L));
        assertThat(tagged).anyMatch(call -> !tagIds(call).contains(1L));
        assertThat(caller.get(ALL + "&tags=999").at("/data").size()).isZero();
        assertThat(list(caller.get(ALL + "&call_types=missed,voicemail").at("/data")))
                .hasSize(80);
        assertThat(list(caller.get(ALL + "&employees=101,102").at("/data"))).hasSize(100);
        Instant weekAgo = NOW.minus(Duration.ofDays(7));
        assertThat(starts(caller.get("/calls?start_time=" + weekAgo).at("/data")))
                .isNotEmpty()
                .allMatch(weekAgo::isBefore);
        assertThat(starts(caller.get(ALL + "&end_time=" + weekAgo).at("/data")))
                .isNotEmpty()
                .allMatch(weekAgo::isAfter);
    }

    @Test
    void searchFindsNumbersAndNames() {
        List<JsonNode> byNumber =
                list(caller.get(ALL + "&search=%2B33199001000").at("/data"));
        assertThat(byNumber)
                .hasSizeGreaterThan(3)
                .allMatch(call -> call.toString().contains("+33199001000"));
        assertThat(caller.get(ALL + "&search=alice%20martin").at("/data").size())
                .isEqualTo(byNumber.size());
        assertThat(caller.get(ALL + "&search=nobody").at("/data").size()).isZero();
    }

    @Test
    void callIsFoundByEncodedStringId() {
        String id = list(caller.get(ALL).at("/data")).stream()
                .map(call -> call.get("id"))
                .filter(JsonNode::isString)
                .findFirst()
                .orElseThrow()
                .stringValue();
        assertThat(caller.get("/calls/" + id.replace("+", "%2B")).at("/data/id").stringValue())
                .isEqualTo(id);
        assertThat(caller.get("/calls/" + id).status()).isEqualTo(200);
        assertThat(caller.get("/calls/%2B1-2.3").status()).isEqualTo(404);
        assertThat(caller.get("/calls/1").at("/errors/0").asString()).isEqualTo("Call not found");
    }

    @Test
    void callIdsHaveTheConfiguredForm() {
        sipsim.options(sipsim.options().withCallIds(CallIdForm.PREFIXED));
        assertThat(caller.get(ALL).at("/data/0/id").stringValue()).isEqualTo("call_100400");
        assertThat(caller.get("/calls/call_100400").status()).isEqualTo(200);
        sipsim.options(sipsim.options().withCallIds(CallIdForm.INTEGER));
        assertThat(list(caller.get(ALL).at("/data")))
                .allMatch(call -> call.get("id").isIntegralNumber());
        sipsim.options(sipsim.options().withCallIds(CallIdForm.PUBLIC));
        assertThat(list(caller.get(ALL).at("/data")))
                .allMatch(call -> call.get("id").isString());
    }

    @Test
    void tagIsAssignedOnceAndUnassignedRepeatedly() {
        String tag = "/calls/100400/tags/13";
        assertThat(caller.call("PUT", tag, "").status()).isEqualTo(201);
        assertThat(caller.call("PUT", tag, "").status()).isEqualTo(204);
        assertThat(caller.get("/calls/100400").at("/data/tags").toString()).contains("Réclamation");
        assertThat(caller.call("DELETE", tag, "").status()).isEqualTo(204);
        assertThat(caller.call("DELETE", tag, "").status()).isEqualTo(204);
        assertThat(caller.get("/calls/100400/tags").at("/data").toString()).doesNotContain("Réclamation");
        assertThat(caller.call("DELETE", "/calls/100400/tags/999", "").status()).isEqualTo(204);
        assertThat(caller.call("PUT", "/calls/100400/tags/999", "").status()).isEqualTo(404);
        assertThat(caller.call("PUT", "/calls/1/tags/1", "").status()).isEqualTo(404);
        assertThat(caller.call("DELETE", "/calls/1/tags/1", "").status()).isEqualTo(404);
    }

    @Test
    void tagsOfCallsHaveNoDescriptionUnlessConfigured() {
        caller.call("PUT", "/calls/100400/tags/1", "");
        assertThat(caller.get("/calls/100400").at("/data/tags/0").propertyNames())
                .containsExactly("id", "name", "color");
        assertThat(caller.get("/calls/100400/tags").at("/data/0").has("description"))
                .isFalse();
        sipsim.options(sipsim.options().withQuirks(SipsimQuirk.CALL_TAGS_DESCRIBED));
        assertThat(caller.get("/calls/100400/tags").at("/data/0").has("description"))
                .isTrue();
    }

    @Test
    void wrongTokensAreUnauthorized() {
        assertThat(caller.with("Authorization", "Bearer other").get("/tags").status())
                .isEqualTo(401);
        assertThat(caller.with("Authorization", "Basic c2FuZGJveA==")
                        .get("/tags")
                        .status())
                .isEqualTo(401);
        assertThat(caller.with("X-Nothing", "1").get(ALL).status()).isEqualTo(401);
        assertThat(caller.get("/account").at("/data/id").intValue()).isEqualTo(12345);
        sipsim.options(sipsim.options().withScopes("calls.read"));
        assertThat(caller.get("/tags").status()).isEqualTo(403);
        assertThat(caller.get(ALL).status()).isEqualTo(200);
    }

    @Test
    void issuedTokensExpire() {
        SandboxCaller form = caller.with("X-Nothing", "1");
        String body = "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret";
        Response issued =
                form.call("POST", sipsim.origin() + "/oauth/token", body + "&scope=tags.read+calls.read+other");
        assertThat(issued.status()).isEqualTo(200);
        assertThat(issued.json().propertyNames())
                .containsExactly("access_token", "token_type", "expires_in", "scope", "created_at");
        assertThat(issued.at("/scope").asString()).isEqualTo("calls.read tags.read");
        assertThat(issued.at("/expires_in").intValue()).isEqualTo(7200);
        assertThat(issued.at("/created_at").longValue()).isEqualTo(NOW.getEpochSecond());
        SandboxCaller holder = caller.with(
                "Authorization", "Bearer " + issued.at("/access_token").asString());
        assertThat(holder.get("/tags").status()).isEqualTo(200);
        assertThat(holder.call("DELETE", "/tags/1", "").status()).isEqualTo(403);
        clock.advance(Duration.ofHours(2));
        assertThat(holder.get("/tags").status()).isEqualTo(401);
    }

    @Test
    void tokenEndpointRefusesInvalidRequests() {
        String url = sipsim.origin() + "/oauth/token";
        assertThat(caller.call("POST", url, "grant_type=password").at("/error").asString())
                .isEqualTo("unsupported_grant_type");
        Response stranger = caller.call("POST", url, "grant_type=client_credentials&client_id=a&client_secret=b");
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.at("/error").asString()).isEqualTo("invalid_client");
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<Instant> starts(JsonNode calls) {
        return list(calls).stream()
                .map(call -> Instant.parse(call.get("start_time").asString()))
                .toList();
    }

    private static List<Long> tagIds(JsonNode call) {
        return list(call.get("tags")).stream()
                .map(tag -> tag.get("id").longValue())
                .toList();
    }
}
