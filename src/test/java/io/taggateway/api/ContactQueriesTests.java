package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.swipeone.SwipeOneOptions.SwipeOneQuirk;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.test.tester.GraphQlTester;
import tools.jackson.databind.JsonNode;

/** Tests of every field and filter of contacts, compared with the simulated vendor's data. */
@GatewayTest
class ContactQueriesTests {

    private static final String IDS = "contacts.nodes[*].remoteId";
    private static final String BRUNO = "6682840d9286aa59ee001001";
    private static final String ALL = "/workspaces/5a4db0c0ffee5a4db0c0ffee/contacts?limit=1000";

    private final TestGateway gateway;

    ContactQueriesTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void contactHasEveryField() {
        String created = gateway.getFromSwipeone("/contacts/" + BRUNO)
                .at("/data/contact/createdAt")
                .asString();
        gateway.execute("""
            query($id: ID!) { contact(id: $id) {
                __typename id vendor remoteId name firstName lastName email phone createdAt
                tags { id name color { name } } } }\
            """, Map.of("id", "swipeone:contact:" + BRUNO))
                .path("contact")
                .matchesJsonStrictly("""
                    {"__typename": "Contact", "id": "swipeone:contact:%1$s", "vendor": "SWIPEONE", "remoteId": "%1$s",
                     "name": "Bruno Bernard", "firstName": "Bruno", "lastName": "Bernard",
                     "email": "bruno.bernard@example.org", "phone": "+33261911001", "createdAt": "%2$s",
                     "tags": [
                       {"id": "swipeone:tag:6682840d9286aa59ee000008", "name": "Newsletter", "color": {"name": "SKY"}},
                       {"id": "swipeone:tag:6682840d9286aa59ee000001", "name": "VIP", "color": {"name": "PURPLE"}},
                       {"id": "swipeone:tag:6682840d9286aa59ee000006", "name": "Complaint", "color": {"name": "RED"}}]}
                    """.formatted(BRUNO, created));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"swipeone:contact:6682840d9286aa59eeffffff", "swipeone:contact:no%2Fid", "sipsim:contact:1"})
    void returnsNullWhenNoObjectHasTheId(String id) {
        gateway.execute("query($id: ID!) { contact(id: $id) { id } }", Map.of("id", id))
                .path("contact")
                .valueIsNull();
    }

    @Test
    void allContactsAreListedInTheVendorsOrder() {
        GraphQlTester.Response response = gateway.execute("""
            { contacts(first: 1000) { totalCount nodes { remoteId } edges { node { remoteId } }
                pageInfo { hasNextPage hasPreviousPage } sources { vendor status error { code } } } }\
            """);
        List<String> ids = response.path(IDS).entityList(String.class).get();
        assertThat(ids).hasSize(150).isEqualTo(ids(contact -> true));
        response.path("contacts.edges[*].node.remoteId")
                .entityList(String.class)
                .isEqualTo(ids);
        response.path("contacts.totalCount").entity(Integer.class).isEqualTo(150);
        response.path("contacts.pageInfo").matchesJsonStrictly("{\"hasNextPage\": false, \"hasPreviousPage\": false}");
        response.path("contacts.sources[?(@.status != 'SKIPPED')]")
                .matchesJsonStrictly("[{\"vendor\": \"SWIPEONE\", \"status\": \"OK\", \"error\": null}]");
    }

    @Test
    void pageHasFiftyContactsByDefault() {
        assertThat(gateway.texts("{ contacts { nodes { remoteId } } }", IDS)).hasSize(50);
    }

    static Stream<Arguments> filters() {
        return Stream.of(
                Arguments.of("search: \"Bernard\"", named("bernard")),
                Arguments.of("search: \"bruno.bernard@\"", named("bruno.bernard@")),
                Arguments.of("tag: {id: \"swipeone:tag:6682840d9286aa59ee000001\"}", tagged("vip")),
                Arguments.of("tag: {name: \"Churn Risk\"}", tagged("churn_risk")),
                Arguments.of("tag: {slug: \"follow-up\"}", tagged("follow_up")),
                Arguments.of("tag: {id: \"sipsim:tag:2\"}", tagged("follow_up")),
                Arguments.of(
                        "tag: {slug: \"vip\"}, search: \"martin\"",
                        tagged("vip").and(named("martin"))));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filterReturnsMatchesOnly(String filter, Predicate<JsonNode> kept) {
        String query = "{ contacts(first: 1000, filter: {%s}) { nodes { remoteId } } }".formatted(filter);
        List<String> expected = ids(kept);
        assertThat(expected).isNotEmpty();
        assertThat(gateway.texts(query, IDS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"slug: \"long-call\"", "id: \"sipsim:tag:5\"", "name: \"no such\""})
    void contactsAreEmptyWhenTheVendorLacksTheTag(String tag) {
        gateway.execute("{ contacts(filter: {tag: {%s}}) { totalCount nodes { id } } }".formatted(tag))
                .path("contacts")
                .matchesJsonStrictly("{\"totalCount\": 0, \"nodes\": []}");
    }

    @Test
    void callsOfAContactAreThoseOfItsNumber() {
        GraphQlTester.Response response = gateway.execute("""
            { contact(id: "swipeone:contact:6682840d9286aa59ee001001") { phone
                calls(first: 1000, filter: {startedAfter: "2020-01-01T00:00:00Z", types: [INBOUND, OUTGOING]}) {
                  nodes { type callerNumber receiverNumber contact { id } } sources { vendor status } } } }\
            """);
        List<String> callers = response.path("contact.calls.nodes[?(@.type == 'INBOUND')].callerNumber")
                .entityList(String.class)
                .get();
        List<String> receivers = response.path("contact.calls.nodes[?(@.type == 'OUTGOING')].receiverNumber")
                .entityList(String.class)
                .get();
        assertThat(callers).isNotEmpty().containsOnly("+33261911001");
        assertThat(receivers).containsOnly("+33261911001");
        response.path("contact.calls.nodes[*].contact.id")
                .entityList(String.class)
                .hasSize(callers.size() + receivers.size());
        response.path("contact.calls.sources[?(@.status != 'SKIPPED')]")
                .matchesJsonStrictly("[{\"vendor\": \"SIPSIM\", \"status\": \"OK\"}]");
    }

    @Test
    void noRequestIsSentForCallsOfContactWithoutNumber() {
        String id = ids(contact -> !contact.has("phone")).getFirst();
        gateway.clearRequests();
        gateway.execute(
                        "query($id: ID!) { contact(id: $id) { phone calls { totalCount nodes { id } sources { vendor }"
                                + " } } }",
                        Map.of("id", "swipeone:contact:" + id))
                .path("contact")
                .matchesJsonStrictly(
                        "{\"phone\": null, \"calls\": {\"totalCount\": 0, \"nodes\": [], \"sources\": []}}");
        assertThat(gateway.sipsim().requests()).isEmpty();
    }

    @Test
    void contactIsFoundByItsAddressWhenListedWithoutId() {
        gateway.swipeone().options(gateway.swipeone().options().withQuirks(SwipeOneQuirk.LISTED_WITHOUT_ID));
        GraphQlTester.Response listed = gateway.execute("""
            { tag(id: "swipeone:tag:6682840d9286aa59ee000001") {
                contacts(first: 3) { nodes { id email tags { name } } } } }\
            """);
        List<String> ids =
                listed.path("tag.contacts.nodes[*].id").entityList(String.class).get();
        assertThat(ids).hasSize(3).allMatch(id -> id.startsWith("swipeone:contact:email%3D"));
        for (int i = 0; i < 3; i++) {
            listed.path("tag.contacts.nodes[" + i + "].tags[*].name")
                    .entityList(String.class)
                    .contains("VIP");
        }
        String email =
                listed.path("tag.contacts.nodes[0].email").entity(String.class).get();
        gateway.execute("query($id: ID!) { contact(id: $id) { email tags { name } } }", Map.of("id", ids.getFirst()))
                .path("contact.email")
                .entity(String.class)
                .isEqualTo(email);
    }

    private static Predicate<JsonNode> named(String part) {
        return contact -> Stream.of("fullName", "firstName", "lastName", "email")
                .anyMatch(field -> contact.path(field)
                        .asString("")
                        .toLowerCase(Locale.ROOT)
                        .contains(part));
    }

    private static Predicate<JsonNode> tagged(String key) {
        return contact -> StreamSupport.stream(contact.path("tags").spliterator(), false)
                .anyMatch(tag -> tag.asString().equals(key));
    }

    private List<String> ids(Predicate<JsonNode> kept) {
        JsonNode contacts = gateway.getFromSwipeone(ALL).at("/data/contacts");
        return StreamSupport.stream(contacts.spliterator(), false)
                .filter(kept)
                .map(contact -> contact.path("_id").asString())
                .toList();
    }
}
