package io.taggateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.SandboxCaller.Response;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests of Swipe One's contacts. */
class SandboxSwipeOneContactsTests {

    private static final String CONTACTS = "/workspaces/" + SwipeOneOptions.WORKSPACE_ID + "/contacts";
    private static final String SEARCH = CONTACTS + "/search";

    private final Sandbox sandbox = Sandbox.start();
    private final SandboxCaller caller =
            SandboxCaller.of(sandbox.swipeone().baseUrl(), "x-api-key", SwipeOneOptions.API_KEY);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void listsTwentyByDefaultAndCountsAll() {
        Response response = caller.get(CONTACTS);
        assertThat(response.at("/data/contacts").size()).isEqualTo(20);
        assertThat(response.at("/data/count").intValue()).isEqualTo(150);
        assertThat(response.at("/data").has("searchAfter")).isTrue();
        assertThat(response.at("/data").has("searchBefore")).isFalse();
        assertThat(response.at("/data/contacts/0/email").asString()).isEqualTo("alice.martin@example.com");
        assertThat(response.at("/data/contacts/0/createdAt").asString()).matches(".*T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(caller.get(CONTACTS + "?limit=0").status()).isEqualTo(400);
        assertThat(caller.get(CONTACTS + "?limit=x").status()).isEqualTo(400);
        assertThat(caller.get(CONTACTS + "?searchAfter=x").status()).isEqualTo(400);
        assertThat(caller.get(CONTACTS + "?sort=shoes").status()).isEqualTo(400);
        assertThat(caller.get(CONTACTS + "?order=2").status()).isEqualTo(400);
    }

    @Test
    void contactsAreReadForwardAndBackwardInTheSameOrder() {
        List<List<String>> forwards = new ArrayList<>();
        String token = "";
        String before = "";
        do {
            Response response = caller.get(CONTACTS + "?limit=40&sort=email&order=-1" + token);
            forwards.add(ids(response));
            token = query("&searchAfter=", response.at("/data/searchAfter"));
            before = query("&searchBefore=", response.at("/data/searchBefore"));
        } while (!token.isEmpty());
        assertThat(forwards).hasSize(4);
        assertThat(forwards.stream().flatMap(List::stream)).hasSize(150).doesNotHaveDuplicates();
        for (int page = 2; page >= 0; page--) {
            Response response = caller.get(CONTACTS + "?limit=40&sort=email&order=-1" + before);
            assertThat(ids(response)).isEqualTo(forwards.get(page));
            before = query("&searchBefore=", response.at("/data/searchBefore"));
        }
        assertThat(before).isEmpty();
    }

    @Test
    void searchTextFindsNamesAndMail() {
        assertThat(caller.get(CONTACTS + "?searchText=alice.martin")
                        .at("/data/count")
                        .intValue())
                .isEqualTo(1);
        assertThat(caller.get(CONTACTS + "?searchText=ALICE%20MARTIN")
                        .at("/data/count")
                        .intValue())
                .isEqualTo(1);
        assertThat(caller.get(CONTACTS + "?searchText=olivia").at("/data/count").intValue())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "email, is, '\"alice.martin@example.com\"', 1",
        "email, is_not, '\"alice.martin@example.com\"', 149",
        "email, contains, '\"example.org\"', 50",
        "email, does_not_contain, '\"example.org\"', 100",
        "firstName, starts_with, '\"al\"', 10",
        "lastName, is, '[\"Martin\",\"Garcia\"]', 30",
        "fullName, is_unknown, '\"\"', 10",
        "fullName, is_known, '\"\"', 140",
        "phone, is_unknown, '\"\"', 30",
        "phone, is, '\"+33199001000\"', 1",
        "tags, is_unknown, '\"\"', 30",
    })
    void contactsAreFoundByPredicates(String property, String operator, String value, int count) {
        Response response = search("and", predicate(property, operator, value));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.at("/data/count").intValue()).isEqualTo(count);
    }

    @Test
    void predicatesAreCombinedByAndAndOr() {
        String vip = predicate("tags", "includes", "\"vip\"");
        String notVip = predicate("tags", "excludes", "[\"vip\"]");
        int vips = search("and", vip).at("/data/count").intValue();
        assertThat(vips).isPositive();
        assertThat(search("and", notVip).at("/data/count").intValue()).isEqualTo(150 - vips);
        assertThat(search("and", vip + "," + notVip).at("/data/count").intValue())
                .isZero();
        assertThat(search("or", vip + "," + notVip).at("/data/count").intValue())
                .isEqualTo(150);
    }

    @Test
    void searchHasItsPageTokensInTheBody() {
        Response first = caller.call("POST", SEARCH, "{\"sort\":[{\"property\":\"email\",\"order\":\"dsc\"}]}");
        assertThat(ids(first)).hasSize(10);
        String after = first.at("/data/searchAfter").asString();
        Response second = caller.call(
                "POST",
                SEARCH,
                "{\"limit\":3,\"sort\":[{\"property\":\"email\",\"order\":\"dsc\"}],\"searchAfter\":\"" + after
                        + "\"}");
        assertThat(ids(second)).hasSize(3).doesNotContainAnyElementsOf(ids(first));
    }

    @Test
    void unreadableSearchesAreRefused() {
        for (String predicate : List.of(
                predicate("shoes", "is", "\"a\""),
                predicate("email", "sounds_like", "\"a\""),
                predicate("email", "is", "null"),
                "{}")) {
            assertThat(search("and", predicate).status()).as(predicate).isEqualTo(400);
        }
        assertThat(search("xor", predicate("email", "is", "\"a\"")).status()).isEqualTo(400);
        assertThat(caller.call("POST", SEARCH, "{\"sort\":[{\"property\":\"email\",\"order\":\"desc\"}]}")
                        .status())
                .isEqualTo(400);
        assertThat(caller.call("POST", SEARCH, "{\"limit\":\"ten\"}").status()).isEqualTo(400);
        assertThat(caller.call("POST", SEARCH, "").status()).isEqualTo(400);
    }

    @Test
    void contactsAreCreatedOrUpdatedByMail() {
        Response created = caller.call(
                "POST",
                CONTACTS,
                "{\"email\":\"new@example.com\",\"fullName\":\"New One\",\"tags\":[\"vip\"],\"shoes\":42}");
        assertThat(created.status()).isEqualTo(201);
        String id = created.at("/data/contact/_id").asString();
        assertThat(id).matches("[0-9a-f]{24}");
        assertThat(created.at("/data/contact/tags").isEmpty()).isTrue();
        assertThat(created.at("/data/contact/shoes").intValue()).isEqualTo(42);
        Response updated = caller.call("POST", CONTACTS, "{\"email\":\"NEW@example.com\",\"phone\":\"+33199001234\"}");
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.at("/data/contact/_id").asString()).isEqualTo(id);
        assertThat(caller.get("/contacts/" + id).at("/data/contact/phone").asString())
                .isEqualTo("+33199001234");
        assertThat(caller.call("POST", CONTACTS, "{\"phone\":\"+33199001234\"}").status())
                .isEqualTo(400);
    }

    @Test
    void phonesHaveBothForms() {
        List<JsonNode> contacts = StreamSupport.stream(
                        caller.get(CONTACTS + "?limit=150").at("/data/contacts").spliterator(), false)
                .toList();
        assertThat(contacts)
                .filteredOn(contact -> contact.path("phone").isString())
                .hasSize(80);
        assertThat(contacts)
                .filteredOn(contact -> contact.path("phone").isObject())
                .hasSize(40);
        assertThat(contacts).allMatch(contact -> contact.get("tags").size() <= 4);
    }

    private Response search(String type, String predicates) {
        return caller.call(
                "POST", SEARCH, "{\"filter\":{\"type\":\"%s\",\"predicates\":[%s]}}".formatted(type, predicates));
    }

    private static String predicate(String property, String operator, String value) {
        return "{\"property\":\"%s\",\"operator\":\"%s\",\"value\":%s}".formatted(property, operator, value);
    }

    private static List<String> ids(Response response) {
        return response.at("/data/contacts").findValuesAsString("_id");
    }

    private static String query(String name, JsonNode token) {
        return token.isMissingNode() ? "" : name + token.stringValue().replace("=", "%3D");
    }
}
