package io.taggateway.vendor.sipsim;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.http.SandboxRequest;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.sipsim.SipsimOptions.SipsimQuirk;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.CallSource.CallQuery;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import io.taggateway.tagging.source.TagList;
import io.taggateway.upstream.http.Credentials;
import io.taggateway.upstream.http.ScriptedServer;
import io.taggateway.upstream.http.ScriptedServer.Reply;
import io.taggateway.upstream.http.UpstreamClient.Target;
import io.taggateway.upstream.http.UpstreamFixture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Tests of SIPSIM's pages and envelopes, documented and undocumented forms. */
class SipsimPaginationTests {

    private final SipsimFixture fixture = new SipsimFixture();
    private final ScriptedServer server = new ScriptedServer();
    private final UpstreamFixture kit = new UpstreamFixture(Clock.systemUTC());
    private final SipsimClient client = new SipsimClient(kit.client(new Target(
            Vendor.SIPSIM,
            server.baseUrl(),
            Credentials.fixed("Authorization", "Bearer x"),
            UpstreamFixture.settings(UpstreamFixture.PATIENCE))));

    @AfterEach
    void close() {
        kit.close();
        server.close();
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 14})
    void allTagsAreReadWithAnyPageSize(int limit) {
        fixture.vendor().options(SipsimOptions.defaults().withTagPageLimit(limit));
        assertThat(SourceAssertions.require(fixture.tags().list()).tags()).hasSize(14);
        assertThat(fixture.vendor().requests()).hasSize((13 + limit) / limit);
    }

    @Test
    void tokenAtTheEndIsNotFollowed() {
        fixture.vendor()
                .options(SipsimOptions.defaults().withTagPageLimit(7).withQuirks(SipsimQuirk.PAGE_TOKEN_AT_THE_END));
        assertThat(SourceAssertions.require(fixture.tags().list()).tags()).hasSize(14);
        assertThat(fixture.vendor().requests()).hasSize(2);
    }

    @Test
    void repeatedTokenEndsTheList() {
        fixture.vendor()
                .options(SipsimOptions.defaults().withTagPageLimit(7).withQuirks(SipsimQuirk.PAGE_TOKEN_REPEATED));
        TagList list = SourceAssertions.require(fixture.tags().list());
        assertThat(list.tags()).hasSize(14).extracting(Tag::remoteId).doesNotHaveDuplicates();
        assertThat(fixture.vendor().requests()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void listEndsWhenItIndicatesMoreWithoutAToken() {
        fixture.vendor()
                .options(SipsimOptions.defaults().withTagPageLimit(7).withQuirks(SipsimQuirk.PAGE_TOKEN_MISSING));
        assertThat(SourceAssertions.require(fixture.tags().list()).tags()).hasSize(7);
    }

    @Test
    void listFailsWhenItsPagesDoNotEnd() {
        AtomicInteger number = new AtomicInteger();
        server.answer(request -> Reply.json(
                "{\"status\":200,\"data\":[{\"id\":%d,\"name\":\"a\"}],\"pagination\":{\"has_more\":true,\"page\":\"%d\"}}"
                        .formatted(number.incrementAndGet(), number.get())));
        assertInvalid(new SipsimTagSource(client).list());
        assertThat(server.requests()).hasSizeLessThanOrEqualTo(1000);
    }

    @Test
    void listFailsWhenAPageInTheMiddleIsInvalid() {
        server.answer(
                Reply.json("{\"data\":[{\"id\":1}],\"pagination\":{\"has_more\":true,\"page\":\"t=\"}}"),
                Reply.json(500, "{}"));
        TestOperation.verify(new SipsimTagSource(client).list())
                .verifyErrorSatisfies(
                        error -> assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.SERVER_ERROR));
        assertThat(server.requests().getLast().target()).isEqualTo("/api/tags?page=t%3D");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\":200}",
                "{\"status\":200,\"data\":null}",
                "{\"status\":200,\"data\":{\"id\":1}}",
                "{\"status\":200,\"data\":\"none\"}",
                "{\"status\":200,\"errors\":[\"Something is wrong\"],\"data\":[]}"
            })
    void readFailsWhenTheResponseHasNoList(String body) {
        server.answer(Reply.json(body));
        assertInvalid(new SipsimTagSource(client).list());
        assertInvalid(new SipsimCallSource(client, new SipsimMapper(UpstreamFixture.phoneNumbers(null)), kit.clock())
                .list(query(SampleFactory.NOON, null), PageToken.FIRST, 20));
    }

    @ParameterizedTest
    @CsvSource({
        "401, AUTH_FAILED",
        "403, FORBIDDEN",
        "'\"403\"', FORBIDDEN",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "422, REJECTED_INPUT",
        "429, RATE_LIMITED",
        "500, SERVER_ERROR",
        "503, UNAVAILABLE"
    })
    void statusInTheEnvelopeCountsAsThatOfTheResponse(String status, FailureReason reason) {
        server.answer(Reply.json("{\"status\":" + status + ",\"data\":[]}"));
        TestOperation.verify(new SipsimTagSource(client).list())
                .verifyErrorSatisfies(error -> assertThat(error).hasFieldOrPropertyWithValue("reason", reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"data\":null,", "\"data\":{},", "\"data\":[],", "\"data\":\"\","})
    void listWithoutEntriesIsEmptyWhenItsCountIsZero(String data) {
        server.answer(Reply.json("{\"status\":200," + data + "\"pagination\":{\"count\":0,\"has_more\":false}}"));
        assertThat(SourceAssertions.require(new SipsimTagSource(client).list()).tags())
                .isEmpty();
    }

    @Test
    void callOfAnotherIdIsAnInvalidResponse() {
        server.answer(Reply.json("{\"status\":200,\"data\":{\"id\":\"call_3\",\"tags\":[]}}"));
        SipsimCallSource calls =
                new SipsimCallSource(client, new SipsimMapper(UpstreamFixture.phoneNumbers(null)), kit.clock());
        assertInvalid(calls.find("call_2"));
        assertInvalid(calls.findUncached("call_2"));
        assertThat(SourceAssertions.require(calls.find("call_3")).remoteId()).isEqualTo("call_3");
    }

    @Test
    void listsAreReadFromResponsesWithUnknownMembers() {
        server.answer(
                Reply.json("{\"data\":[{\"id\":1},7,null,{\"name\":\"no id\"},{\"id\":1},{\"id\":2}],\"errors\":[]}"));
        assertThat(SourceAssertions.require(new SipsimTagSource(client).list()).tags())
                .extracting(Tag::remoteId)
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[{\"id\":1}],\"pagination\":{\"has_more\":true}}",
                "{\"data\":[{\"id\":1}],\"pagination\":{\"has_more\":true,\"page\":null}}",
                "{\"data\":[{\"id\":1}],\"pagination\":{\"has_more\":true,\"page\":\"same\"}}",
                "{\"data\":[{\"id\":1},{\"name\":\"no id\"}]}",
                "{\"data\":[{\"id\":1},\"2\"]}"
            })
    void listWithOmittedEntriesIsIncomplete(String body) {
        server.answer(request -> Reply.json(body));
        assertThat(SourceAssertions.require(new SipsimTagSource(client).list()).isComplete())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"has_more\":true}",
                "{\"has_more\":true,\"page\":null}",
                "{\"has_more\":true,\"page\":\"\"}",
                "{\"has_more\":true,\"page\":{\"token\":\"x\"}}",
                "{\"has_more\":true,\"page\":[\"x\"]}",
                "{\"has_more\":true,\"page\":\"same\"}",
                "{\"has_more\":\"true\"}",
                "{\"page\":\"same\"}"
            })
    void callsAreIncompleteWhenThereAreMoreWithoutAToken(String pagination) {
        server.answer(Reply.json("{\"data\":[{\"id\":1}],\"pagination\":%s}".formatted(pagination)));
        SourcePage<Call> page =
                SourceAssertions.require(calls().list(query(SampleFactory.NOON, null), PageToken.after("same"), 20));
        assertThat(page.items()).hasSize(1);
        assertThat(page.next()).isNull();
        assertThat(page.complete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"has_more\":false}", "{\"has_more\":false,\"page\":\"same\"}"})
    void lastPageOfCallsIsComplete(String pagination) {
        server.answer(Reply.json("{\"data\":[{\"id\":1}],\"pagination\":%s}".formatted(pagination)));
        assertThat(SourceAssertions.require(calls().list(query(SampleFactory.NOON, null), PageToken.after("same"), 20)))
                .extracting(SourcePage::next, SourcePage::complete)
                .containsExactly(null, true);
    }

    private SipsimCallSource calls() {
        return new SipsimCallSource(client, new SipsimMapper(UpstreamFixture.phoneNumbers(null)), kit.clock());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[]}",
                "{\"data\":[{\"id\":1},{\"id\":1}],\"pagination\":{}}",
                "{\"data\":[{\"id\":1}],\"pagination\":{\"has_more\":false,\"page\":\"left\"}}"
            })
    void listWithoutAnIndicationOfMoreIsComplete(String body) {
        server.answer(Reply.json(body));
        assertThat(SourceAssertions.require(new SipsimTagSource(client).list()).isComplete())
                .isTrue();
    }

    @Test
    void queryIsSentAsDocumented() {
        SipsimCallSource calls = calls();
        server.answer(Reply.json("{\"data\":[]}"));
        CallQuery query = new CallQuery(
                SampleFactory.NOON.plusMillis(1),
                SampleFactory.NOON.plusSeconds(60).plusMillis(999),
                List.of("1", "2"),
                List.of(CallType.MISSED, CallType.OUTGOING),
                List.of("101"),
                "+33 é");
        SourceAssertions.require(calls.list(query, PageToken.after("t="), 5000));
        assertThat(server.requests().getFirst().target())
                .isEqualTo("/api/calls?start_time=2026-03-04T12%3A00%3A00Z&end_time=2026-03-04T12%3A01%3A01Z"
                        + "&employees=101&tags=1%2C2&call_types=missed%2Coutgoing&search=%2B33%20%C3%A9"
                        + "&limit=1000&page=t%3D");
        SourceAssertions.require(calls.list(query(SampleFactory.NOON, null), PageToken.FIRST, 1));
        assertThat(server.requests().getLast().target())
                .isEqualTo("/api/calls?start_time=2026-03-04T12%3A00%3A00Z&limit=20");
    }

    @Test
    void onlyPagesThatTheResponseNamesAreRequested() {
        fixture.vendor().options(SipsimOptions.defaults().withTagPageLimit(5));
        SourceAssertions.require(fixture.tags().list());
        assertThat(fixture.vendor().requests())
                .extracting(SandboxRequest::path)
                .containsOnly("/api/v2/tags")
                .hasSize(3);
    }

    private static CallQuery query(Instant after, @Nullable Instant before) {
        return new CallQuery(after, before, List.of(), List.of(), List.of(), null);
    }

    private static void assertInvalid(Mono<?> response) {
        TestOperation.verify(response)
                .expectErrorSatisfies(error ->
                        assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE))
                .verify(Duration.ofSeconds(10));
    }
}
