package io.taggateway.vendor.swipeone;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.upstream.http.Credentials;
import io.taggateway.upstream.http.ScriptedServer;
import io.taggateway.upstream.http.ScriptedServer.Reply;
import io.taggateway.upstream.http.UpstreamClient.Target;
import io.taggateway.upstream.http.UpstreamFixture;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Tests of incomplete responses of Swipe One, and of responses about another object. */
class SwipeOneUnclearResponseTests {

    private final UpstreamFixture kit = new UpstreamFixture(Clock.systemUTC());
    private final ScriptedServer server = new ScriptedServer();
    private final SwipeOneClient client = new SwipeOneClient(
            kit.client(new Target(
                    Vendor.SWIPEONE,
                    server.baseUrl(),
                    Credentials.fixed("x-api-key", "key"),
                    UpstreamFixture.settings(UpstreamFixture.PATIENCE))),
            "w");
    private final SwipeOneTagSource tags = new SwipeOneTagSource(client, SwipeOneProperties.ColorFormat.NAME);
    private final SwipeOneContactSource contacts = new SwipeOneContactSource(
            client, new SwipeOneMapper(UpstreamFixture.phoneNumbers(null)), Clock.systemUTC());

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "<html>Log in</html>",
                "{\"status\":\"success\"}",
                "{\"status\":\"success\",\"data\":{\"tag\":null}}",
                "{\"status\":\"success\",\"data\":{\"tag\":{\"_id\":\"b\",\"label\":\"New\"}}}"
            })
    void changedTagIsReadWhenTheResponseIsUnclear(String response) {
        Tag before = Objects.requireNonNull(SwipeOneMapper.tag(UpstreamFixture.fields(tag("a", "Old", "red"))));
        TagChange change = new TagChange("New", "#0090FF", null);
        server.answer(request ->
                Reply.json(request.method().equals("GET") ? found("tag", tag("a", "Old", "red")) : response));
        assertInvalid(tags.update(before, change));
        server.answer(request ->
                Reply.json(request.method().equals("GET") ? found("tag", tag("a", "New", "blue")) : response));
        assertThat(SourceAssertions.require(tags.update(before, change)).name()).isEqualTo("New");
    }

    @Test
    void tagOfAnotherIdIsAnInvalidResponse() {
        server.answer(Reply.json(found("tag", tag("b", "VIP", "red"))));
        assertInvalid(tags.find("a"));
        assertThat(SourceAssertions.require(tags.find("b")).name()).isEqualTo("VIP");
    }

    @Test
    void mergedContactIsAcceptedWhenANewConnectionReturnsTheSame() {
        server.answer(Reply.json(found("contact", "{\"_id\":\"b\"}")));
        assertThat(SourceAssertions.require(contacts.find("a")).remoteId()).isEqualTo("b");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void requestedContactIsReturnedWhenANewConnectionReturnsIt() {
        server.answer(Reply.json(found("contact", "{\"_id\":\"b\"}")), Reply.json(found("contact", "{\"_id\":\"a\"}")));
        assertThat(SourceAssertions.require(contacts.find("a")).remoteId()).isEqualTo("a");
    }

    @Test
    void contactWithAThirdIdIsAnInvalidResponse() {
        server.answer(Reply.json(found("contact", "{\"_id\":\"b\"}")), Reply.json(found("contact", "{\"_id\":\"c\"}")));
        assertInvalid(contacts.find("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"tags\":null,", "\"tags\":{},", "\"tags\":[],", "\"tags\":\"\","})
    void listWithoutEntriesIsEmptyWhenItsCountIsZero(String list) {
        server.answer(Reply.json("{\"status\":\"success\",\"data\":{" + list + "\"count\":0}}"));
        assertThat(SourceAssertions.require(tags.list()).tags()).isEmpty();
    }

    private static String found(String name, String entry) {
        return "{\"status\":\"success\",\"data\":{\"" + name + "\":" + entry + "}}";
    }

    private static String tag(String id, String label, String color) {
        return "{\"_id\":\"" + id + "\",\"label\":\"" + label + "\",\"color\":\"" + color + "\"}";
    }

    private static void assertInvalid(Mono<?> response) {
        TestOperation.verify(response)
                .verifyErrorSatisfies(error ->
                        assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE));
    }
}
