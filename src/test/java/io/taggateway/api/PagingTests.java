package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.swipeone.SwipeOneOptions.ListEnd;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.test.tester.GraphQlTester;

/** Tests of Relay pagination: for each page size, all items are found once and in order. */
@GatewayTest
class PagingTests {

    private static final String CALLS = "calls(%s filter: {startedAfter: \"2020-01-01T00:00:00Z\"})";

    private final TestGateway gateway;

    PagingTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 19, 20, 21, 100, 399, 400, 1000})
    void callsAreFoundOnceWithAnyPageSize(int first) {
        List<String> all = page(CALLS, "first: 1000,").ids();
        assertThat(all).hasSize(400).doesNotHaveDuplicates();
        assertThat(forward(CALLS, first)).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void filteredCallsAreFoundOnceWithAnyPageSize(int first) {
        String field = "calls(%s filter: {startedAfter: \"2020-01-01T00:00:00Z\", minDurationSeconds: 1800})";
        List<String> all = page(field, "first: 1000,").ids();
        assertThat(all).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(forward(field, first)).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({
        "contacts(%s), 7",
        "contacts(%s), 50",
        "contacts(%s), 149",
        "contacts(%s), 150",
        "contacts(%s), 1000",
        "tags(%s), 1",
        "tags(%s), 5",
        "tags(%s), 26",
        "tagGroups(%s), 1",
        "tagGroups(%s), 4"
    })
    void listIsTheSameForwardAndBackward(String field, int size) {
        List<String> all = page(field, "first: 1000").ids();
        assertThat(all).isNotEmpty().doesNotHaveDuplicates();
        assertThat(forward(field, size)).isEqualTo(all);
        assertThat(backward(field, size)).isEqualTo(all);
    }

    @ParameterizedTest
    @EnumSource(ListEnd.class)
    void contactsEndWithEachEndMarkerOfTheVendor(ListEnd end) {
        gateway.swipeone().options(gateway.swipeone().options().withListEnd(end));
        assertThat(forward("contacts(%s)", 40)).hasSize(150).doesNotHaveDuplicates();
        assertThat(backward("contacts(%s)", 40)).hasSize(150).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"contacts(%s)", "tags(%s orderBy: {field: VENDOR, direction: DESC})", "tagGroups(%s)", CALLS})
    void pageAfterACursorInTheMiddleOfAPageIsRead(String field) {
        Page page = page(field, "first: 10,");
        Page rest =
                page(field, "first: 5, after: \"%s\",".formatted(page.cursors().get(4)));
        assertThat(rest.ids()).isEqualTo(page.ids().subList(5, 10));
        assertThat(rest.hasPrevious()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"contacts(%s)", "tags(%s)", "tagGroups(%s)"})
    void pageBeforeACursorInTheMiddleOfAPageIsRead(String field) {
        Page page = page(field, "first: 10,");
        Page before =
                page(field, "last: 3, before: \"%s\",".formatted(page.cursors().get(7)));
        assertThat(before.ids()).isEqualTo(page.ids().subList(4, 7));
        assertThat(before.hasPrevious()).isTrue();
        assertThat(before.hasNext()).isTrue();
    }

    @Test
    void contactsOfATagAreListedBackward() {
        String field = "tag(id: \"swipeone:tag:6682840d9286aa59ee000001\") { contacts(%s)";
        assertThat(backward(field, 4)).isNotEmpty().isEqualTo(forward(field, 9));
    }

    @SlowTest
    @Test
    void cursorsStayValidAfterRestart() {
        List<String> fields = List.of(CALLS, "contacts(%s)", "tags(%s)", "tagGroups(%s)");
        try (RunningGateway other = gateway.startAnother()) {
            for (String field : fields) {
                Page page = page(field, "first: 9,");
                String next = "first: 4, after: \"%s\",".formatted(page.end());
                List<String> here = page(field, next).ids();
                Page there = new Page(other.caller().execute(query(field, next)), root(field));
                assertThat(there.ids()).hasSize(4).isEqualTo(here);
            }
        }
    }

    @Test
    void pagesStayWhenNewCallsArrive() {
        Page page = page("calls(%s)", "first: 10,");
        gateway.clock().advance(Duration.ofSeconds(90));
        Page next = page("calls(%s)", "first: 10, after: \"%s\",".formatted(page.end()));
        assertThat(next.ids()).hasSize(10).doesNotContainAnyElementsOf(page.ids());
        assertThat(gateway.sipsim().requests())
                .extracting(request -> Objects.requireNonNull(request.parameter("start_time")))
                .hasSizeGreaterThan(1)
                .containsOnly(Objects.requireNonNull(
                        gateway.sipsim().requests().getFirst().parameter("start_time")));
    }

    private List<String> forward(String field, int size) {
        List<String> ids = new ArrayList<>();
        String arguments = "first: %d,".formatted(size);
        Page page = page(field, arguments);
        ids.addAll(page.ids());
        assertThat(page.hasPrevious()).isFalse();
        while (page.hasNext()) {
            page = page(field, arguments + " after: \"%s\",".formatted(page.end()));
            assertThat(page.ids()).as("a page of %s", field).hasSizeLessThanOrEqualTo(size);
            ids.addAll(page.ids());
        }
        return ids;
    }

    private List<String> backward(String field, int size) {
        List<String> ids = new ArrayList<>();
        String arguments = "last: %d,".formatted(size);
        Page page = page(field, arguments);
        ids.addAll(page.ids());
        assertThat(page.hasNext()).isFalse();
        while (page.hasPrevious()) {
            page = page(
                    field,
                    arguments + " before: \"%s\",".formatted(page.cursors().getFirst()));
            assertThat(page.ids()).as("a page of %s", field).hasSizeLessThanOrEqualTo(size);
            ids.addAll(0, page.ids());
        }
        return ids;
    }

    private Page page(String field, String arguments) {
        return new Page(gateway.execute(query(field, arguments)), root(field));
    }

    private static String query(String field, String arguments) {
        String nested = field.startsWith("tag(") ? " }" : "";
        String id = field.startsWith("tagGroups") ? "id: slug" : "id";
        return "{ " + field.formatted(arguments) + " { edges { cursor node { " + id + " } } pageInfo {"
                + " hasNextPage hasPreviousPage startCursor endCursor } }" + nested + " }";
    }

    private static String root(String field) {
        return field.startsWith("tag(") ? "tag.contacts" : field.substring(0, field.indexOf('('));
    }

    /** One page of a connection. */
    private record Page(GraphQlTester.Response response, String root) {

        List<String> ids() {
            return response.path(root + ".edges[*].node.id")
                    .entityList(String.class)
                    .get();
        }

        List<String> cursors() {
            return response.path(root + ".edges[*].cursor")
                    .entityList(String.class)
                    .get();
        }

        boolean hasNext() {
            return response.path(root + ".pageInfo.hasNextPage")
                    .entity(Boolean.class)
                    .get();
        }

        boolean hasPrevious() {
            return response.path(root + ".pageInfo.hasPreviousPage")
                    .entity(Boolean.class)
                    .get();
        }

        /** The cursor for the next page; an error if there is none. */
        String end() {
            return response.path(root + ".pageInfo.endCursor")
                    .entity(String.class)
                    .get();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag(id: \"sipsim:tag:1\")", "contact(id: \"swipeone:contact:6682840d9286aa59ee001001\")"})
    void cursorOfNestedCallsIsRefusedInAnotherPeriod(String parent) {
        String period = "startedAfter: \"2020-01-01T00:00:00Z\", startedBefore: \"2100-01-01T00:00:00Z\"";
        String document = "{ " + parent + " { calls(first: 1, %s filter: {%s}) { pageInfo { endCursor } } } }";
        String cursor =
                gateway.texts(document.formatted("", period), "$..endCursor").getFirst();
        String after = "after: \"" + cursor + "\",";
        assertThat(gateway.texts(document.formatted(after, period), "$..endCursor"))
                .hasSize(1);
        for (String other : List.of(
                period.replace("2020", "2021"),
                period.replace("2100", "2099"),
                "startedAfter: \"2020-01-01T00:00:00Z\"",
                "startedBefore: \"2100-01-01T00:00:00Z\"",
                "")) {
            assertThat(gateway.errors(document.formatted(after, other)))
                    .singleElement()
                    .satisfies(error -> assertThat(error.getExtensions()).containsEntry("code", "BAD_USER_INPUT"));
        }
    }
}
