package io.taggateway.vendor.swipeone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccount.PortSet;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.ContactSource;
import io.taggateway.tagging.source.ContactSource.ContactQuery;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.VendorProfile.Origin;
import io.taggateway.upstream.http.ScriptedServer;
import io.taggateway.upstream.http.ScriptedServer.Received;
import io.taggateway.upstream.http.ScriptedServer.Reply;
import io.taggateway.upstream.http.Secret;
import io.taggateway.upstream.http.UpstreamFixture;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Tests of how Swipe One's adapters read responses. */
class SwipeOneResponseTests {

    private static final ContactQuery ALL = new ContactQuery(null, null);

    private final ScriptedServer server = new ScriptedServer();
    private final UpstreamFixture kit = new UpstreamFixture(Clock.systemUTC());
    private final SwipeOneAccountFactory factory =
            new SwipeOneAccountFactory(kit.upstream(), UpstreamFixture.phoneNumbers(null), kit.clock());
    private final PortSet ports =
            factory.open(kit.settings(properties("key", " w/1 "))).ports();
    private final TagSource tags = Objects.requireNonNull(ports.tags());
    private final ContactSource contacts = Objects.requireNonNull(ports.contacts());

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\":\"success\"}",
                "{\"status\":\"success\",\"message\":\"Done\"}",
                "{\"status\":\"success\",\"data\":null}",
                "{\"status\":\"success\",\"data\":[]}",
                "{\"status\":\"success\",\"data\":{}}",
                "{\"status\":\"success\",\"data\":{\"tags\":{},\"contacts\":\"\"}}",
                "{\"status\":\"fail\",\"message\":\"Tag not found\",\"data\":{\"tags\":[],\"contacts\":[]}}",
                "{\"status\":\"ERROR\",\"message\":\"x\",\"data\":{\"tags\":[],\"contacts\":[]}}"
            })
    void readFailsWhenTheResponseHasNoList(String body) {
        server.answer(Reply.json(body));
        assertInvalid(tags.list());
        assertInvalid(contacts.list(ALL, PageToken.FIRST, 10));
        assertInvalid(contacts.find("1"));
        assertInvalid(contacts.listByPhone(List.of("+33199001000")));
    }

    @Test
    void contactsOfATagAreSearchedWhenListedWithoutAddresses() {
        server.answer(
                Reply.json("{\"data\":{\"count\":3,\"contacts\":[{\"name\":\"A\",\"email\":\"a@x.test\"},"
                        + "{\"name\":\"B\"},{\"name\":\"C\",\"email\":null}]}}"),
                Reply.json("{\"data\":{\"tag\":{\"_id\":\"t1\",\"name\":\"vip\",\"label\":\"VIP\"}}}"),
                Reply.json("{\"data\":{\"count\":4,\"searchAfter\":\"more\",\"contacts\":["
                    + "{\"_id\":\"1\",\"email\":\"a@x.test\",\"tags\":[\"vip\"]},{\"_id\":\"2\",\"tags\":[\"x\",\"vip\"]},"
                    + "{\"_id\":\"3\",\"tags\":[\"other\"]}]}}"),
                Reply.json("{\"data\":{\"tag\":{\"_id\":\"t1\",\"name\":\"vip\",\"label\":\"VIP\"}}}"),
                Reply.json("{\"data\":{\"contacts\":[{\"_id\":\"4\",\"tags\":[\"vip\"]}]}}"));
        SourcePage<Contact> page =
                SourceAssertions.require(contacts.list(new ContactQuery(null, "t1"), PageToken.FIRST, 10));
        assertThat(page.items()).extracting(Contact::remoteId).containsExactly("1", "2");
        assertThat(page.complete()).isTrue();
        assertThat(page.total()).isNull();
        SourcePage<Contact> rest = SourceAssertions.require(
                contacts.list(new ContactQuery(null, "t1"), Objects.requireNonNull(page.next()), 10));
        assertThat(rest.items()).extracting(Contact::remoteId).containsExactly("4");
        assertThat(server.requests())
                .extracting(Received::target)
                .containsExactly(
                        "/api/tags/t1/contacts?limit=10",
                        "/api/tags/t1",
                        "/api/workspaces/w%2F1/contacts/search",
                        "/api/tags/t1",
                        "/api/workspaces/w%2F1/contacts/search");
        assertThat(server.requests().get(2).body()).contains("\"includes\"", "\"vip\"");
        assertThat(server.requests().getLast().body()).contains("\"searchAfter\":\"more\"");
    }

    @Test
    void contactsOfATagAreIncompleteWhenTheSearchFails() {
        server.answer(request -> request.target().contains("/contacts?")
                ? Reply.json("{\"data\":{\"contacts\":[{\"name\":\"A\",\"email\":\"a@x.test\"},{\"name\":\"B\"}]}}")
                : Reply.json(400, "{}"));
        SourcePage<Contact> page =
                SourceAssertions.require(contacts.list(new ContactQuery(null, "t1"), PageToken.FIRST, 10));
        assertThat(page.items()).extracting(Contact::email).containsExactly("a@x.test");
        assertThat(page.complete()).isFalse();
    }

    @Test
    void listHasItsEntriesWithAnyCount() {
        server.answer(Reply.json("{\"data\":{\"count\":10,\"tags\":[{\"_id\":\"a\"},7,{\"label\":\"no id\"}]}}"));
        assertThat(SourceAssertions.require(tags.list()).tags())
                .extracting(Tag::remoteId)
                .containsExactly("a");
        Received request = server.requests().getFirst();
        assertThat(request.target()).isEqualTo("/api/workspaces/w%2F1/tags");
        assertThat(request.headers()).containsEntry("x-api-key", "key");
    }

    @Test
    void listWithEntriesThatAreNoTagsIsNotComplete() {
        server.answer(
                Reply.json("{\"data\":{\"tags\":[{\"_id\":\"a\"},7]}}"),
                Reply.json("{\"data\":{\"tags\":[{\"_id\":\"a\"},{\"label\":\"no id\"}]}}"),
                Reply.json("{\"data\":{\"count\":10,\"tags\":[{\"_id\":\"a\"},{\"_id\":\"a\"}]}}"));
        assertThat(SourceAssertions.require(tags.reloadList()).isComplete()).isFalse();
        assertThat(SourceAssertions.require(tags.reloadList()).isComplete()).isFalse();
        assertThat(SourceAssertions.require(tags.reloadList()).isComplete()).isTrue();
    }

    @Test
    void singleEntryIsReadWhenItIsTheDataItself() {
        server.answer(Reply.json("{\"data\":{\"_id\":\"1\",\"email\":\"a@example.com\"}}"));
        assertThat(SourceAssertions.require(contacts.find("1")).email()).isEqualTo("a@example.com");
    }

    @Test
    void pageHasNoNextTokenWhenItRepeatsTheRequestedOne() {
        server.answer(
                Reply.json(
                        "{\"data\":{\"contacts\":[{\"_id\":\"1\"}],\"searchAfter\":\"t\",\"searchBefore\":\"\",\"count\":\"7\"}}"));
        SourcePage<Contact> page = read(ALL, PageToken.after("t"));
        assertThat(page.next()).isNull();
        assertThat(page.previous()).isNull();
        assertThat(page.total()).isEqualTo(7);
        assertThat(read(ALL, PageToken.before("t")).next()).isEqualTo(PageToken.after("t"));
        assertThat(server.requests())
                .extracting(Received::target)
                .last()
                .asString()
                .contains("searchBefore=t");
    }

    @Test
    void emptyPageHasNoTokens() {
        server.answer(Reply.json("{\"data\":{\"contacts\":[],\"searchAfter\":\"t\",\"searchBefore\":\"u\"}}"));
        SourcePage<Contact> page = read(ALL, PageToken.FIRST);
        assertThat(page.next()).isNull();
        assertThat(page.previous()).isNull();
        assertThat(page.total()).isNull();
    }

    @Test
    void listFailsWhenAPageTokenIsRefused() {
        server.answer(Reply.json(400, "{\"status\":\"fail\",\"message\":\"Invalid pagination token\"}"));
        TestOperation.verify(contacts.list(new ContactQuery(null, "1"), PageToken.after("old"), 10))
                .verifyErrorSatisfies(
                        error -> assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.REJECTED_INPUT));
        assertThat(read(new ContactQuery(null, "no id"), PageToken.FIRST).items())
                .isEmpty();
        server.answer(Reply.json(404, "{}"));
        assertThat(read(new ContactQuery(null, "1"), PageToken.after("old")).items())
                .isEmpty();
    }

    @Test
    void contactWithoutIdIsFoundByItsAddress() {
        server.answer(Reply.json("""
            {"data":{"contacts":[{"_id":"1","email":"aa@example.com"},{"_id":"2","email":"A@Example.com"}]}}
            """));
        assertThat(SourceAssertions.require(contacts.find("email=a@example.com"))
                        .remoteId())
                .isEqualTo("2");
        assertThat(server.requests().getFirst().target()).contains("searchText=a%40example.com");
        TestOperation.verify(contacts.find("email=none@example.com")).verifyComplete();
    }

    @Test
    void contactsAreReadAgainInOneSearch() {
        server.answer(Reply.json("""
            {"data":{"contacts":[{"_id":"2","email":"B.B@example.com","tags":["y"]},
                                 {"_id":"1","email":"a.a@example.com","tags":["x"]},
                                 {"_id":"3","email":"c.c@example.com","tags":[]}]}}
            """));
        List<Contact> whole = SourceAssertions.found(
                contacts.listWithTags(List.of(bare("1", "A A"), bare("2", "B B"), bare("3", "C C"))));
        assertThat(whole).extracting(Contact::remoteId).containsExactly("1", "2", "3");
        assertThat(whole).extracting(Contact::tagKeys).containsExactly(List.of("x"), List.of("y"), List.of());
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().getFirst().body())
                .contains("{\"property\":\"email\",\"operator\":\"is\",\"value\":\"b.b@example.com\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void contactsAreReadIndividuallyWhenTheSearchIsRefused(int status) {
        server.answer(request -> request.method().equals("POST")
                ? Reply.json(status, "{}")
                : Reply.json("{\"data\":{\"contact\":{\"_id\":\"%s\",\"tags\":[\"x\"]}}}"
                        .formatted(request.target().replaceAll(".*/", ""))));
        List<Contact> whole =
                SourceAssertions.found(contacts.listWithTags(List.of(bare("1", "A A"), bare("2", "B B"))));
        assertThat(whole).extracting(Contact::remoteId).containsExactly("1", "2");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void otherContactsAreReturnedWhenOneCannotBeRead() {
        server.answer(request -> request.method().equals("POST")
                ? Reply.json(400, "{}")
                : request.target().endsWith("/2")
                        ? Reply.json(500, "{}")
                        : Reply.json("{\"data\":{\"contact\":{\"_id\":\"1\",\"tags\":[\"x\"]}}}"));
        List<Lookup<Contact>> outcomes = SourceAssertions.require(
                contacts.listWithTags(List.of(bare("1", "A A"), bare("2", "B B"), bare("3", "C C"))));
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        Lookup.Failed.class,
                        failed -> assertThat(failed.failure())
                                .hasFieldOrPropertyWithValue("reason", FailureReason.SERVER_ERROR));
        assertThat(SourceAssertions.found(outcomes.get(0)).tagKeys()).containsExactly("x");
        assertThat(SourceAssertions.found(outcomes.get(2)).tagKeys()).containsExactly("x");
    }

    @Test
    void onlyContactsOfFailedSearchAreMissing() {
        server.answer(request -> request.body().contains("\"c250.c@example.com\"")
                ? Reply.json(500, "{}")
                : Reply.json("{\"data\":{\"contacts\":["
                        + IntStream.range(0, 200)
                                .mapToObj(i ->
                                        "{\"_id\":\"%1$d\",\"email\":\"c%1$d.c@example.com\",\"tags\":[]}".formatted(i))
                                .collect(Collectors.joining(","))
                        + "]}}"));
        List<Contact> listed = IntStream.range(0, 300)
                .mapToObj(i -> bare(String.valueOf(i), "C" + i + " C"))
                .toList();
        List<Lookup<Contact>> outcomes = SourceAssertions.require(contacts.listWithTags(listed));
        assertThat(outcomes.subList(0, 200)).allMatch(Lookup.Found.class::isInstance);
        assertThat(outcomes.subList(200, 300)).hasSize(100).allMatch(Lookup.Failed.class::isInstance);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void contactsThatShareAnAddressKeepTheirOwnTags() {
        server.answer(request -> request.method().equals("POST")
                ? Reply.json(
                        "{\"data\":{\"contacts\":[{\"_id\":\"1\",\"email\":\"a.a@example.com\",\"tags\":[\"one\"]},"
                                + "{\"_id\":\"2\",\"email\":\"a.a@example.com\",\"tags\":[\"two\"]},"
                                + "{\"_id\":\"9\",\"email\":\"b.b@example.com\",\"tags\":[\"nine\"]}]}}")
                : Reply.json("{\"data\":{\"contact\":{\"_id\":\"%1$s\",\"tags\":[\"own of %1$s\"]}}}"
                        .formatted(request.target().replaceAll(".*/", ""))));
        List<Contact> whole = SourceAssertions.found(
                contacts.listWithTags(List.of(bare("2", "A A"), bare("1", "A A"), bare("3", "B B"))));
        assertThat(whole).extracting(Contact::remoteId).containsExactly("2", "1", "3");
        assertThat(whole.get(2).tagKeys()).containsExactly("own of 3");
        assertThat(whole.get(0).tagKeys()).doesNotContain("one");
        assertThat(whole.get(1).tagKeys()).doesNotContain("two");
    }

    @Test
    void manyNumbersAreSearchedInFewRequestsAndToTheLastPage() {
        List<String> phones =
                IntStream.range(0, 60).mapToObj(i -> "+3319900" + (1000 + i)).toList();
        String page = IntStream.range(0, 100)
                .mapToObj(i -> "{\"_id\":\"" + i + "\"}")
                .collect(Collectors.joining(
                        ",", "{\"data\":{\"contacts\":[", "],\"searchAfter\":\"t\",\"count\":101}}"));
        server.answer(request -> Reply.json(
                request.body().contains("searchAfter") ? "{\"data\":{\"contacts\":[{\"_id\":\"100\"}]}}" : page));
        List<Contact> found = SourceAssertions.require(contacts.listByPhone(phones));
        assertThat(found).extracting(Contact::remoteId).contains("0", "100");
        assertThat(server.requests()).hasSize(4);
        assertThat(server.requests().get(1).body()).contains("\"searchAfter\":\"t\"");
        assertThat(server.requests().getFirst().body())
                .contains("\"value\":\"+33199001000\"")
                .contains("199001000");
    }

    @Test
    void searchEndsWhenItsPagesRepeat() {
        String page = IntStream.range(0, 100)
                .mapToObj(i -> "{\"_id\":\"" + i + "\"}")
                .collect(Collectors.joining(",", "{\"data\":{\"contacts\":[", "],\"searchAfter\":\"t\"}}"));
        server.answer(Reply.json(page));
        SourceAssertions.require(contacts.listByPhone(List.of("+33199001000")));
        assertThat(server.requests()).hasSize(2);
        server.answer(request ->
                Reply.json(page.replace("\"t\"", "\"t" + server.requests().size() + "\"")));
        SourceAssertions.require(contacts.listByPhone(List.of("+33199001001")));
        assertThat(server.requests()).hasSizeLessThan(20);
    }

    @Test
    void noSourcesAreOpenedWithoutCredentials() {
        SwipeOneProperties none = properties("", "");
        VendorAccount account = factory.open(kit.settings(none));
        assertThat(account.ports()).isEqualTo(new PortSet(null, null, null, List.of(), null));
        assertThat(account.profile().origin()).isEqualTo(Origin.NONE);
        for (Origin origin : List.of(Origin.SANDBOX, Origin.LIVE)) {
            assertThat(factory.open(kit.settings(properties("k", "w"), origin))
                            .profile()
                            .origin())
                    .isEqualTo(origin);
        }
        assertThatThrownBy(() -> properties("k", " ")).hasMessageContaining("without SWIPEONE_WORKSPACE_ID");
        assertThatThrownBy(() -> properties("", "w")).hasMessageContaining("without SWIPEONE_API_KEY");
    }

    private SwipeOneProperties properties(String key, String workspace) {
        return new SwipeOneProperties(
                true,
                server.baseUrl() + "/",
                false,
                Secret.of(key),
                workspace,
                SwipeOneProperties.ColorFormat.NAME,
                UpstreamFixture.settings(UpstreamFixture.PATIENCE).limits(),
                UpstreamFixture.settings(UpstreamFixture.PATIENCE).retry(),
                UpstreamFixture.settings(UpstreamFixture.PATIENCE).circuit());
    }

    private static Contact bare(String id, String name) {
        return SampleFactory.contact(Vendor.SWIPEONE, id, name, null, null);
    }

    private SourcePage<Contact> read(ContactQuery query, PageToken page) {
        return SourceAssertions.require(contacts.list(query, page, 10));
    }

    private static void assertInvalid(Mono<?> response) {
        TestOperation.verify(response)
                .verifyErrorSatisfies(error ->
                        assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE));
    }
}
