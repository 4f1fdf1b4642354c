package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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

/** Tests of every field and filter of calls, compared with the simulated vendor's data. */
@GatewayTest
class CallQueriesTests {

    private static final String IDS = "calls.nodes[*].remoteId";

    private final TestGateway gateway;

    CallQueriesTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void callHasEveryField() {
        JsonNode raw = gateway.getFromSipsim("/calls/100399").path("data");
        gateway.execute("""
            { call(id: "sipsim:call:100399") {
                __typename id vendor remoteId type callerNumber receiverNumber startedAt durationSeconds
                tags { id name description color { hex } } contact { id name } } }\
            """).path("call").matchesJsonStrictly("""
                {"__typename": "Call", "id": "sipsim:call:100399", "vendor": "SIPSIM", "remoteId": "100399",
                 "type": "INBOUND", "callerNumber": "+33199001000", "receiverNumber": "+33199009902",
                 "startedAt": "%s", "durationSeconds": 417,
                 "tags": [
                   {"id": "sipsim:tag:4", "name": "Billing", "description": "Invoices and payments",
                    "color": {"hex": "#0090FF"}},
                   {"id": "sipsim:tag:9", "name": "Renewal", "description": "Contract ends soon",
                    "color": {"hex": "#14B8A6"}},
                   {"id": "sipsim:tag:14", "name": "Partner", "description": "Resellers and integrators",
                    "color": {"hex": "#10B981"}}],
                 "contact": {"id": "swipeone:contact:6682840d9286aa59ee001000", "name": "Alice Martin"}}
                """.formatted(
                        raw.path("start_time").stringValue().replace("Z", ".000Z")));
    }

    @Test
    void callIsFoundWhenItsIdHasAPlusSign() {
        String remoteId = all().filter(call -> call.path("id").asString().startsWith("+"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        String id = "sipsim:call:" + remoteId.replace("+", "%2B");
        gateway.execute("query($id: ID!) { call(id: $id) { id remoteId } }", Map.of("id", id))
                .path("call")
                .matchesJsonStrictly("{\"id\": \"%s\", \"remoteId\": \"%s\"}".formatted(id, remoteId));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sipsim:call:1", "sipsim:call:nothing%20here", "swipeone:call:1"})
    void returnsNullWhenNoObjectHasTheId(String id) {
        gateway.execute("query($id: ID!) { call(id: $id) { id } }", Map.of("id", id))
                .path("call")
                .valueIsNull();
    }

    @Test
    void callsOfThirtyDaysAreReturnedByDefault() {
        Instant start = gateway.clock().instant().minus(Duration.ofDays(30));
        GraphQlTester.Response response = gateway.execute("""
            { calls(first: 1000) { totalCount nodes { remoteId } edges { node { remoteId } }
                pageInfo { hasNextPage hasPreviousPage } sources { vendor status fetchedAt } } }\
            """);
        List<String> ids = response.path(IDS).entityList(String.class).get();
        assertThat(ids)
                .hasSizeBetween(150, 250)
                .isEqualTo(ids(call -> !start(call).isBefore(start)));
        response.path("calls.edges[*].node.remoteId").entityList(String.class).isEqualTo(ids);
        response.path("calls.totalCount").valueIsNull();
        response.path("calls.pageInfo").matchesJsonStrictly("{\"hasNextPage\": false, \"hasPreviousPage\": false}");
        response.path("calls.sources[?(@.status != 'SKIPPED')].vendor")
                .entityList(String.class)
                .containsExactly("SIPSIM");
        response.path("calls.sources[?(@.status != 'SKIPPED')].status")
                .entityList(String.class)
                .containsExactly("OK");
    }

    @Test
    void pageHasFiftyCallsByDefault() {
        assertThat(gateway.texts("{ calls { nodes { remoteId } } }", IDS)).hasSize(50);
    }

    static Stream<Arguments> filters() {
        return Stream.of(
                filter("types: [MISSED, VOICEMAIL]", call -> type(call, "missed") || type(call, "voicemail")),
                filter("types: [OUTGOING]", call -> type(call, "outgoing")),
                filter("types: [UNKNOWN]", call -> false),
                filter("types: [UNKNOWN, MISSED]", call -> type(call, "missed")),
                filter("employeeIds: [\"101\", \"104\"]", call -> employee(call, 101) || employee(call, 104)),
                filter("search: \"+33199001000\"", call -> involves(call, "+33199001000")),
                filter("minDurationSeconds: 1800", call -> seconds(call) >= 1800),
                filter("maxDurationSeconds: 30", call -> seconds(call) >= 0 && seconds(call) <= 30),
                filter(
                        "minDurationSeconds: 60, maxDurationSeconds: 120",
                        call -> seconds(call) >= 60 && seconds(call) <= 120),
                filter("anyTag: [{id: \"sipsim:tag:1\"}]", call -> has(call, 1)),
                filter("anyTag: [{name: \"VIP\"}, {slug: \"long-call\"}]", call -> has(call, 1) || has(call, 5)),
                filter("anyTag: [{name: \"follow up\"}]", call -> has(call, 2)),
                filter("anyTag: [{id: \"swipeone:tag:6682840d9286aa59ee000002\"}]", call -> has(call, 2)),
                filter("anyTag: [{slug: \"newsletter\"}]", call -> false),
                filter("anyTag: [{slug: \"newsletter\"}, {slug: \"vip\"}]", call -> has(call, 1)),
                filter("allTags: [{name: \"Billing\"}, {slug: \"renewal\"}]", call -> has(call, 4) && has(call, 9)),
                filter("allTags: [{slug: \"vip\"}, {slug: \"no-such\"}]", call -> false),
                filter(
                        "anyTag: [{slug: \"partner\"}], allTags: [{slug: \"billing\"}], types: [INBOUND]",
                        call -> has(call, 14) && has(call, 4) && type(call, "inbound")));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filterReturnsMatchesOnly(String filter, Predicate<JsonNode> kept) {
        String query =
                "{ calls(first: 1000, filter: {startedAfter: \"2020-01-01T00:00:00Z\", %s}) { nodes { remoteId } } }"
                        .formatted(filter);
        List<String> expected = ids(kept);
        assertThat(gateway.texts(query, IDS)).isEqualTo(expected);
        assertThat(expected.isEmpty())
                .isEqualTo(filter.matches(".*(\\[UNKNOWN\\]|\"no-such\"|\"newsletter\"\\}\\]).*"));
    }

    @Test
    void searchFindsNamesOfCallers() {
        List<String> found = gateway.texts("{ calls(filter: {search: \"alice martin\"}) { nodes { remoteId } } }", IDS);
        assertThat(found).isNotEmpty().isSubsetOf(ids(call -> involves(call, "+33199001000")));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 500, 999})
    void callIsInOnePeriodOnlyWhenItBeginsWhereTwoMeet(long millis) {
        Instant from = gateway.clock().instant().minus(Duration.ofDays(50)).truncatedTo(ChronoUnit.SECONDS);
        Instant to = from.plus(Duration.ofDays(7)).plusMillis(1);
        Predicate<JsonNode> inPeriod =
                call -> !start(call).isBefore(from) && start(call).isBefore(to);
        List<String> expected = ids(inPeriod);
        Instant call =
                all().filter(inPeriod).map(CallQueriesTests::start).toList().get(20);
        Instant middle = call.plusMillis(millis);
        gateway.sipsim().clearRequests();
        List<String> found = Stream.concat(within(from, middle).stream(), within(middle, to).stream())
                .toList();
        assertThat(found).hasSizeGreaterThan(40).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(gateway.sipsim().requests())
                .extracting(request -> request.parameter("start_time"), request -> request.parameter("end_time"))
                .containsExactly(
                        tuple(
                                from.toString(),
                                call.plusSeconds(millis == 0 ? 0 : 1).toString()),
                        tuple(
                                call.toString(),
                                from.plus(Duration.ofDays(7)).plusSeconds(1).toString()));
    }

    private List<String> within(Instant from, Instant to) {
        return gateway.execute(
                        "query($from: DateTime, $to: DateTime) {"
                                + " calls(first: 1000, filter: {startedAfter: $from, startedBefore: $to})"
                                + " { nodes { remoteId } } }",
                        Map.of("from", from.toString(), "to", to.toString()))
                .path(IDS)
                .entityList(String.class)
                .get();
    }

    @Test
    void callsAreWithinTheGivenPeriod() {
        Instant from = gateway.clock().instant().minus(Duration.ofDays(50));
        Instant to = from.plus(Duration.ofDays(7));
        List<String> found = within(from, to);
        assertThat(found)
                .hasSizeGreaterThan(40)
                .isEqualTo(
                        ids(call -> !start(call).isBefore(from) && start(call).isBefore(to)));
    }

    @Test
    void pageIsFilledWhenTheGatewayFilters() {
        GraphQlTester.Response response = gateway.execute("""
            { calls(first: 6, filter: {startedAfter: "2020-01-01T00:00:00Z", minDurationSeconds: 1800}) {
                totalCount nodes { durationSeconds } pageInfo { hasNextPage } } }\
            """);
        response.path("calls.nodes[*].durationSeconds")
                .entityList(Integer.class)
                .hasSize(6)
                .matches(all -> all.stream().allMatch(seconds -> seconds >= 1800));
        response.path("calls.pageInfo.hasNextPage").entity(Boolean.class).isEqualTo(true);
        response.path("calls.totalCount").valueIsNull();
    }

    @Test
    void contactOfACallIsTheOtherParty() {
        GraphQlTester.Response response =
                gateway.execute("{ calls(first: 1000, filter: {startedAfter: \"2020-01-01T00:00:00Z\"})"
                        + " { nodes { type callerNumber receiverNumber contact { phone } } } }");
        List<JsonNode> calls =
                response.path("calls.nodes").entityList(JsonNode.class).get();
        List<JsonNode> matched =
                calls.stream().filter(call -> call.path("contact").isObject()).toList();
        assertThat(matched).hasSizeBetween(80, 200).allSatisfy(call -> {
            String end = call.path("type").asString().equals("OUTGOING") ? "receiverNumber" : "callerNumber";
            assertThat(call.at("/contact/phone").asString())
                    .isEqualTo(call.path(end).asString());
        });
    }

    @Test
    void contactIsNullWhenTwoContactsShareTheNumber() {
        List<String> phones = gateway.texts("{ contacts(first: 1000) { nodes { phone } } }", "contacts.nodes[*].phone");
        String shared = phones.stream()
                .filter(phone -> phone != null && phones.indexOf(phone) != phones.lastIndexOf(phone))
                .findFirst()
                .orElseThrow();
        GraphQlTester.Response response = gateway.execute(
                "query($number: String) { calls(filter: {startedAfter: \"2020-01-01T00:00:00Z\", search: $number})"
                        + " { nodes { remoteId } } }",
                Map.of("number", shared));
        assertThat(response.path(IDS).entityList(String.class).get()).isNotEmpty();
        gateway.execute(
                        "query($number: String) { calls(filter: {startedAfter: \"2020-01-01T00:00:00Z\", search:"
                                + " $number}) { nodes { contact { id } } } }",
                        Map.of("number", shared))
                .path("calls.nodes[*].contact.id")
                .pathDoesNotExist();
    }

    private static Arguments filter(String filter, Predicate<JsonNode> kept) {
        return Arguments.of(filter, kept);
    }

    private Stream<JsonNode> all() {
        JsonNode page = gateway.getFromSipsim("/calls?start_time=2020-01-01T00:00:00Z&limit=1000");
        assertThat(page.at("/pagination/has_more").asBoolean()).isFalse();
        return StreamSupport.stream(page.path("data").spliterator(), false);
    }

    private List<String> ids(Predicate<JsonNode> kept) {
        return all().filter(kept).map(call -> call.path("id").asString()).toList();
    }

    private static Instant start(JsonNode call) {
        return Instant.parse(call.path("start_time").asString());
    }

    private static boolean type(JsonNode call, String type) {
        return call.path("call_type").asString().equals(type);
    }

    private static boolean employee(JsonNode call, int id) {
        return call.path("employee_id").asInt() == id;
    }

    private static boolean involves(JsonNode call, String number) {
        return call.path("caller_number").asString().equals(number)
                || call.path("receiver_number").asString().equals(number);
    }

    private static int seconds(JsonNode call) {
        return call.path("duration_sec").asInt(-1);
    }

    private static boolean has(JsonNode call, int tag) {
        return StreamSupport.stream(call.path("tags").spliterator(), false)
                .anyMatch(item -> item.path("id").asInt() == tag);
    }
}
