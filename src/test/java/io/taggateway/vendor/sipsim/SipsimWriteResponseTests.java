package io.taggateway.vendor.sipsim;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tag.TagDetails;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import io.taggateway.tagging.source.TagAssignments.TagSetChange;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.upstream.http.Credentials;
import io.taggateway.upstream.http.ScriptedServer;
import io.taggateway.upstream.http.ScriptedServer.Received;
import io.taggateway.upstream.http.ScriptedServer.Reply;
import io.taggateway.upstream.http.SingleTagAssignments;
import io.taggateway.upstream.http.UpstreamClient.Target;
import io.taggateway.upstream.http.UpstreamFixture;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tests that a write succeeds if the response is documented, or if a read shows the change. */
@SlowTest
class SipsimWriteResponseTests {

    private static final Tag ONE = tag("1", "One");
    private static final Tag TWO = tag("2", "Two");
    private static final Tag THREE = tag("3", "Three");

    private final ScriptedServer server = new ScriptedServer();
    private final UpstreamFixture kit = new UpstreamFixture(Clock.systemUTC());
    private final SipsimClient client = new SipsimClient(kit.client(new Target(
            Vendor.SIPSIM,
            server.baseUrl(),
            Credentials.fixed("Authorization", "Bearer x"),
            UpstreamFixture.settings(UpstreamFixture.PATIENCE))));
    private final SipsimTagSource tags = new SipsimTagSource(client);
    private final SingleTagAssignments assignments = UpstreamFixture.assignments(
            Vendor.SIPSIM,
            new SipsimCallSource(client, new SipsimMapper(UpstreamFixture.phoneNumbers(null)), kit.clock()));
    private volatile String nameOfOne = "One";
    private final Set<String> onCall = new ConcurrentSkipListSet<>();

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    /** Responses that do not belong to the request. */
    static Stream<Reply> strangers() {
        return Stream.of(
                Reply.status(200, Map.of()),
                Reply.status(203, Map.of()),
                Reply.json("<html>Log in</html>"),
                Reply.json(203, "<html>Log in</html>"),
                Reply.json("{}"),
                Reply.json("{\"error\":\"no\"}"),
                Reply.json("{\"success\":false}"),
                Reply.json("{\"errors\":{\"tag\":\"no\"}}"),
                Reply.json("\"done\""));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void assignmentFailsWhenTheResponseIsNotThatOfTheVendor(Reply stranger) {
        onCall.add("2");
        play(stranger, false);
        Assignment assignment = change(new TagSetChange(List.of(ONE), List.of(TWO), false));
        assertThat(assignment.failure()).extracting(SourceException::reason).isEqualTo(FailureReason.INVALID_RESPONSE);
        assertThat(assignment.added()).isEmpty();
        assertThat(assignment.removed()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void assignmentSucceedsWhenAReadShowsIt(Reply stranger) {
        onCall.add("2");
        play(stranger, true);
        Assignment assignment = change(new TagSetChange(List.of(ONE), List.of(TWO), false));
        assertThat(assignment.failure()).isNull();
        assertThat(assignment.added()).containsExactly(ONE);
        assertThat(assignment.removed()).extracting(Tag::remoteId).containsExactly("2");
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void deleteSucceedsWhenTheListLacksTheTag(Reply stranger) {
        play(stranger, true);
        TestOperation.verify(tags.delete(THREE)).verifyComplete();
        TestOperation.verify(tags.delete(ONE))
                .verifyErrorSatisfies(error ->
                        assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "{\"status\":200}", "{\"status\":200,\"data\":{\"id\":1}}", "[]", "{\"data\":null}"})
    void updatedTagIsReadWhenTheResponseIsIncomplete(String body) {
        play(body.isEmpty() ? Reply.status(204, Map.of()) : Reply.json(body), true);
        Tag changed = SourceAssertions.require(tags.update(ONE, new TagChange("Uno", null, null)));
        assertThat(changed.name()).isEqualTo("Uno");
        assertThat(changed.color().hex()).isEqualTo("#FF0000");
        assertThat(server.requests())
                .filteredOn(request -> request.method().equals("PATCH"))
                .hasSize(1);
    }

    @Test
    void oneSetOfTagsRemainsWhenTwoAreSetConcurrently() {
        play(Reply.status(201, Map.of()), true);
        for (int trial = 0; trial < 20; trial++) {
            onCall.clear();
            onCall.add("3");
            SourceAssertions.require(Flux.merge(
                            assignments.change("c", null, TagSetChange.exactly(List.of(ONE)), false),
                            assignments.change("c", null, TagSetChange.exactly(List.of(TWO)), false))
                    .then(Mono.just(true)));
            assertThat(onCall).isIn(Set.of("1"), Set.of("2"));
        }
    }

    @Test
    void tagThatIsAddedMeanwhileIsRemovedByASetWithoutIt() {
        server.answer(request -> {
            if (request.method().equals("PUT")) {
                onCall.add("3");
            }
            return answer(request, Reply.status(201, Map.of()), true);
        });
        Assignment assignment = change(TagSetChange.exactly(List.of(ONE)));
        assertThat(onCall).containsExactly("1");
        assertThat(assignment.added()).containsExactly(ONE);
        assertThat(assignment.removed()).extracting(Tag::remoteId).containsExactly("3");
        assertThat(assignment.failure()).isNull();
        assertThat(assignment.lost()).isFalse();
    }

    @Test
    void removalIsReportedWhenAnotherAddedTheTagMeanwhile() {
        AtomicInteger reads = new AtomicInteger();
        onCall.add("2");
        server.answer(request -> {
            if (request.method().equals("GET") && reads.incrementAndGet() == 2) {
                onCall.add("3");
            }
            return answer(request, Reply.status(204, Map.of()), true);
        });
        Assignment assignment = change(TagSetChange.exactly(List.of()));
        assertThat(onCall).isEmpty();
        assertThat(assignment.removed()).extracting(Tag::remoteId).containsExactly("2", "3");
        assertThat(((Call) assignment.subject()).embeddedTags()).isEmpty();
    }

    @Test
    void tagIsReturnedOnceWhenTheCallListsItTwice() {
        server.answer(Reply.json(
                "{\"data\":{\"id\":\"c\",\"tags\":[{\"id\":1,\"name\":\"One\"},{\"id\":1,\"name\":\"One\"}]}}"));
        Assignment assignment =
                SourceAssertions.require(assignments.change("c", null, TagSetChange.add(List.of(ONE)), true));
        assertThat(((Call) assignment.subject()).embeddedTags()).hasSize(1);
    }

    private void play(Reply write, boolean does) {
        server.answer(request -> answer(request, write, does));
    }

    private Reply answer(Received request, Reply write, boolean does) {
        String tag = request.target().replaceAll(".*/", "");
        return switch (request.method()) {
            case "GET" ->
                Reply.json(
                        request.target().contains("/calls/")
                                ? "{\"data\":{\"id\":\"c\",\"tags\":" + listed(onCall) + "}}"
                                : "{\"data\":" + listed(List.of("1", "2")) + "}");
            case "PUT" -> {
                if (does) {
                    onCall.add(tag);
                }
                yield write;
            }
            case "DELETE" -> {
                if (does) {
                    onCall.remove(tag);
                }
                yield write;
            }
            default -> {
                nameOfOne = "Uno";
                yield write;
            }
        };
    }

    private String listed(Collection<String> ids) {
        return ids.stream()
                .map(id -> Stream.of(ONE, TWO, THREE)
                        .filter(tag -> tag.remoteId().equals(id))
                        .map(tag -> "{\"id\":%s,\"name\":\"%s\",\"color\":\"#FF0000\"}"
                                .formatted(id, tag.equals(ONE) ? nameOfOne : tag.name()))
                        .findFirst()
                        .orElseThrow())
                .collect(Collectors.joining(",", "[", "]"));
    }

    private Assignment change(TagSetChange change) {
        return SourceAssertions.require(assignments.change("c", null, change, false));
    }

    private static Tag tag(String id, String name) {
        return Tag.of(Vendor.SIPSIM, id, name, null, Color.read("#FF0000"), new TagDetails(null, true, Map.of()));
    }
}
