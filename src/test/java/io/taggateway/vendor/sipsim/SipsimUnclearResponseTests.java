package io.taggateway.vendor.sipsim;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import io.taggateway.tagging.source.TagAssignments.TagSetChange;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.upstream.http.Credentials;
import io.taggateway.upstream.http.ScriptedServer;
import io.taggateway.upstream.http.ScriptedServer.Received;
import io.taggateway.upstream.http.ScriptedServer.Reply;
import io.taggateway.upstream.http.UpstreamClient.Target;
import io.taggateway.upstream.http.UpstreamFixture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Tests of writes to which SIPSIM sends an undocumented response. */
@SlowTest
class SipsimUnclearResponseTests {

    private static final String VIP = "{\"id\":7,\"name\":\"VIP\",\"color\":\"#FF0000\",\"description\":\"d\"}";

    private final UpstreamFixture kit = new UpstreamFixture(new SettableClock(SampleFactory.NOON));
    private final ScriptedServer server = new ScriptedServer();
    private final SipsimClient client = new SipsimClient(kit.client(new Target(
            Vendor.SIPSIM,
            server.baseUrl(),
            Credentials.fixed("Authorization", "Bearer x"),
            UpstreamFixture.settings(UpstreamFixture.PATIENCE))));
    private final SipsimTagSource tags = new SipsimTagSource(client);
    private final SipsimCallSource calls =
            new SipsimCallSource(client, new SipsimMapper(UpstreamFixture.phoneNumbers(null)), kit.clock());
    private final Tag vip = SourceAssertions.require(reading(VIP));
    private String read = "[]";

    static Stream<Reply> unclear() {
        return Stream.of(
                page(200, "<html>Log in</html>"),
                page(203, ""),
                page(200, ""),
                page(202, ""),
                page(200, "{}"),
                page(200, "{\"error\":\"quota\"}"),
                page(200, "{\"success\":false}"),
                page(200, "{\"errors\":{\"tag\":[\"is locked\"]}}"),
                page(200, "{\"status\":200,\"error\":\"quota\"}"),
                page(200, "{\"status\":200,\"success\":false}"),
                page(200, "[]"));
    }

    static Stream<Reply> done() {
        return Stream.of(page(201, ""), page(201, "{\"status\":201}"), page(200, "{\"status\":200,\"data\":{}}"));
    }

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void assignmentIsReadAgainWhenItsResponseIsUnclear(Reply reply) {
        answer(reply);
        Assignment missing = assign();
        assertThat(missing.added()).isEmpty();
        assertThat(missing.failure()).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE);
        read = "[" + VIP + "]";
        Assignment there = assign();
        assertThat(there.failure()).isNull();
        assertThat(there.added()).extracting(Tag::name).containsExactly("VIP");
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void removalIsReadAgainWhenItsResponseIsUnclear(Reply reply) {
        answer(reply);
        read = "[" + VIP + "]";
        Assignment there = unassign();
        assertThat(there.removed()).isEmpty();
        assertThat(there.failure()).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE);
        read = "[]";
        Assignment gone = unassign();
        assertThat(gone.failure()).isNull();
        assertThat(gone.removed()).extracting(Tag::name).containsExactly("VIP");
    }

    @Test
    void callWithoutIdIsTheRequestedOne() {
        server.answer(page(200, "{\"status\":200,\"data\":{\"duration_sec\":3}}"));
        assertThat(SourceAssertions.require(calls.find("7")).remoteId()).isEqualTo("7");
        server.answer(page(200, "{\"status\":200,\"data\":{}}"));
        TestOperation.verify(calls.find("7"))
                .verifyErrorSatisfies(error ->
                        assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE));
    }

    @ParameterizedTest
    @MethodSource("done")
    void assignmentIsNotReadAgainWhenTheResponseConfirmsIt(Reply reply) {
        answer(reply);
        int before = server.requests().size();
        assertThat(assign().added()).hasSize(1);
        assertThat(server.requests()).hasSize(before + 1);
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void deletedTagIsReadWhenTheResponseIsUnclear(Reply reply) {
        answer(reply);
        read = "[" + VIP + "]";
        TestOperation.verify(tags.delete(vip))
                .verifyErrorSatisfies(error ->
                        assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE));
        read = "[]";
        TestOperation.verify(tags.delete(vip)).verifyComplete();
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void changedTagIsReadWhenTheResponseIsUnclear(Reply reply) {
        answer(reply);
        assertChangeIsLookedUp();
    }

    @Test
    void changedTagIsReadWhenTheResponseIsEmpty() {
        answer(page(204, ""));
        assertChangeIsLookedUp();
    }

    @Test
    void changedTagIsReadWhenTheResponseHasAnotherTag() {
        answer(page(200, "{\"status\":200,\"data\":{\"id\":8,\"name\":\"New\"}}"));
        assertChangeIsLookedUp();
    }

    private void assertChangeIsLookedUp() {
        TagChange change = new TagChange("New", "#00FF00", null);
        read = "[" + VIP + "]";
        TestOperation.verify(tags.update(vip, change))
                .verifyErrorSatisfies(error ->
                        assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE));
        read = "[{\"id\":7,\"name\":\"New\",\"color\":\"#00FF00\",\"description\":\"d\"}]";
        assertThat(SourceAssertions.require(tags.update(vip, change)).name()).isEqualTo("New");
    }

    private void answer(Reply reply) {
        server.answer(request -> request.method().equals("GET") ? read(request) : reply);
    }

    private Reply read(Received request) {
        return page(
                200,
                request.target().contains("/calls/")
                        ? "{\"status\":200,\"data\":{\"id\":1,\"tags\":" + read + "}}"
                        : "{\"status\":200,\"data\":" + read + "}");
    }

    private Assignment assign() {
        return change(List.of(), new TagSetChange(List.of(vip), List.of(), false));
    }

    private Assignment unassign() {
        return change(List.of(vip), new TagSetChange(List.of(), List.of(vip), false));
    }

    private Assignment change(List<Tag> before, TagSetChange change) {
        Call call = SourceAssertions.require(calling()).withTags(before);
        return SourceAssertions.require(
                UpstreamFixture.assignments(Vendor.SIPSIM, calls).change("1", call, change, false));
    }

    private static Mono<Tag> reading(String json) {
        return Mono.justOrEmpty(SipsimMapper.tag(UpstreamFixture.fields(json)));
    }

    private static Mono<Call> calling() {
        return Mono.justOrEmpty(
                new SipsimMapper(UpstreamFixture.phoneNumbers(null)).call(UpstreamFixture.fields("{\"id\":1}")));
    }

    private static Reply page(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }
}
