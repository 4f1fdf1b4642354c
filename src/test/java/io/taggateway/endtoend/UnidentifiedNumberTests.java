package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.upstream.http.ScriptedServer;
import io.taggateway.upstream.http.ScriptedServer.Received;
import io.taggateway.upstream.http.ScriptedServer.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of calls and contacts that have the same text as their number. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SlowTest
class UnidentifiedNumberTests {

    private static final String PERIOD = "filter: {startedAfter: \"2020-01-01T00:00:00Z\"}";

    private final ScriptedServer vendors = new ScriptedServer();
    private final RunningGateway gateway = RunningGateway.start(Map.of(
            "GATEWAY_SECURITY_MODE",
            "none",
            "SIPSIM_BASE_URL",
            vendors.baseUrl(),
            "SIPSIM_ACCESS_TOKEN",
            "token",
            "SWIPEONE_BASE_URL",
            vendors.baseUrl(),
            "SWIPEONE_API_KEY",
            "key",
            "SWIPEONE_WORKSPACE_ID",
            "w"));

    @AfterAll
    void close() {
        gateway.close();
        vendors.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anonymous",
                "Anonymous",
                "unknown",
                "restricted",
                "unavailable",
                "private",
                "0",
                "100",
                "+266696687",
                "+7378742833",
                "+86282452253",
                "+8656696",
                "+464"
            })
    void callAndContactAreNotJoinedWhenTheirNumberIsNotValid(String number) {
        answer(number);
        gateway.caller().execute(calls()).path("calls.nodes").matchesJsonStrictly("""
            [{"id": "sipsim:call:1", "contact": null}, {"id": "sipsim:call:2", "contact": null}]\
            """);
        gateway.caller()
                .execute(contact())
                .path("contact")
                .matchesJsonStrictly("{\"phone\": \"" + number + "\", \"calls\": {\"nodes\": []}}");
    }

    @Test
    void callAndContactAreJoinedWhenTheirNumberIsValid() {
        answer("+33612345678");
        gateway.caller().execute(calls()).path("calls.nodes").matchesJsonStrictly("""
            [{"id": "sipsim:call:1", "contact": {"id": "swipeone:contact:c1"}},
             {"id": "sipsim:call:2", "contact": {"id": "swipeone:contact:c1"}}]\
            """);
        assertThat(gateway.caller().texts(contact(), "contact.calls.nodes[*].id"))
                .containsExactly("sipsim:call:1", "sipsim:call:2");
    }

    private static String calls() {
        return "{ calls(" + PERIOD + ") { nodes { id contact { id } } } }";
    }

    private static String contact() {
        return "{ contact(id: \"swipeone:contact:c1\") { phone calls(" + PERIOD + ") { nodes { id } } } }";
    }

    private void answer(String number) {
        vendors.answer(request -> Reply.json(answer(request, number)));
    }

    private static String answer(Received request, String number) {
        String contact = "{\"_id\": \"c1\", \"fullName\": \"Somebody\", \"phone\": \"" + number + "\", \"tags\": []}";
        if (request.target().startsWith("/api/calls")) {
            return """
                {"status": 200, "pagination": {"has_more": false}, "data": [
                  {"id": 1, "direction": "inbound", "caller_number": "%1$s", "start_time": "2026-11-01T08:00:00Z",
                   "tags": []},
                  {"id": 2, "direction": "outgoing", "receiver_number": "%1$s", "start_time": "2026-11-01T07:00:00Z",
                   "tags": []}]}\
                """.formatted(number);
        }
        return request.target().startsWith("/api/contacts/")
                ? "{\"status\": \"success\", \"data\": {\"contact\": " + contact + "}}"
                : "{\"status\": \"success\", \"data\": {\"contacts\": [" + contact + "]}}";
    }
}
