package io.taggateway.vendor.swipeone;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tag.TagDetails;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import io.taggateway.tagging.source.TagAssignments.TagSetChange;
import io.taggateway.upstream.guard.LocalKeyedLock;
import io.taggateway.upstream.http.Credentials;
import io.taggateway.upstream.http.ScriptedServer;
import io.taggateway.upstream.http.ScriptedServer.Received;
import io.taggateway.upstream.http.ScriptedServer.Reply;
import io.taggateway.upstream.http.UpstreamClient.Target;
import io.taggateway.upstream.http.UpstreamFixture;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tests of replacing a contact's set of tags at a scripted vendor. */
@SlowTest
class ContactTagSetTests {

    private static final Pattern TAGS = Pattern.compile("\"tags\":\\[(.*?)]");

    private static final Tag VIP = tag("1", "VIP", "vip");
    private static final Tag NAMESAKE = tag("2", "vip", "vip_2");
    private static final Tag TRIAL = tag("3", "Trial", "trial");
    private static final Tag NEW = tag("4", "New", "new");

    private final ScriptedServer server = new ScriptedServer();
    private final UpstreamFixture kit = new UpstreamFixture(Clock.systemUTC());
    private final Map<String, List<String>> sets = new ConcurrentHashMap<>();
    private final SwipeOneClient client = new SwipeOneClient(
            kit.client(new Target(
                    Vendor.SWIPEONE,
                    server.baseUrl(),
                    Credentials.fixed("x-api-key", "key"),
                    UpstreamFixture.settings(UpstreamFixture.PATIENCE))),
            "w");
    private final SwipeOneContactSource contacts =
            new SwipeOneContactSource(client, new SwipeOneMapper(UpstreamFixture.phoneNumbers(null)), kit.clock());
    private final SwipeOneTagAssignments assignments = new SwipeOneTagAssignments(
            client,
            contacts,
            new SwipeOneTagSource(client, SwipeOneProperties.ColorFormat.NAME),
            new LocalKeyedLock(Vendor.SWIPEONE),
            kit.clock());

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"tags\":\"vip\"}",
                "{\"tags\":\"\"}",
                "{\"tags\":{}}",
                "{\"tags\":{\"vip\":true}}",
                "{\"tags\":7}",
                "{\"tags\":[null]}",
                "{\"tags\":[\"vip\",{\"color\":\"red\"}]}",
                "{\"tags\":[[\"vip\"]]}"
            })
    void nothingIsWrittenWhenTheCurrentTagsCannotBeRead(String fields) {
        play(request -> Reply.json("{\"data\":{\"contact\":" + fields + "}}"));
        TestOperation.verify(change("a", TagSetChange.add(List.of(TRIAL))))
                .verifyErrorSatisfies(error ->
                        assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE));
        assertThat(posts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null"})
    void contactIsTaggedWhenItsTagListIsEmptyOrAbsent(String none) {
        play(request -> Reply.json("{\"data\":{\"contact\":{\"_id\":\"a\",\"tags\":"
                + (sets.containsKey("a") ? "[\"trial\"]" : none) + "}}}"));
        assertThat(done("a", TagSetChange.add(List.of(TRIAL))).added()).containsExactly(TRIAL);
        assertThat(posts()).containsExactly("\"trial\"");
    }

    @Test
    void tagsAreThoseOfTheSameContactWhenSeveralShareAnAddress() {
        shared("{\"_id\":\"b\",\"email\":\"x@example.com\",\"tags\":[\"vip_2\"]}", "b");
        assertThat(done("a", TagSetChange.add(List.of(TRIAL))).added()).containsExactly(TRIAL);
        assertThat(posts()).containsExactly("\"vip\",\"trial\"");
    }

    @Test
    void nothingIsWrittenWhenAnAddressIsAmbiguous() {
        shared("{\"email\":\"x@example.com\",\"tags\":[\"vip_2\"]}", "none");
        TestOperation.verify(change("c", TagSetChange.add(List.of(TRIAL))))
                .verifyErrorSatisfies(error ->
                        assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.INVALID_RESPONSE));
        TestOperation.verify(change("email=x@example.com", TagSetChange.add(List.of(TRIAL))))
                .verifyError(BadInputException.class);
        assertThat(posts()).isEmpty();
    }

    @Test
    void tagIsReportedAndNotPostedAgainWhenTheVendorOmitsIt() {
        sets.put("a", List.of("vip"));
        playSets(keys -> keys.stream().filter(key -> !key.equals("new")).toList(), Map.of());
        Assignment assignment = done("a", TagSetChange.add(List.of(TRIAL, NEW)));
        assertThat(assignment.added()).containsExactly(TRIAL);
        assertThat(assignment.refused()).containsExactly(NEW);
        assertThat(assignment.lost()).isFalse();
        assertThat(posts()).hasSize(1);
    }

    @Test
    void tagIsReportedAndNotPostedAgainWhenTheVendorDoesNotRemoveIt() {
        sets.put("a", List.of("vip", "trial"));
        playSets(
                keys -> Stream.concat(keys.stream(), Stream.of("vip"))
                        .distinct()
                        .toList(),
                Map.of());
        Assignment assignment = done("a", TagSetChange.remove(List.of(VIP, TRIAL)));
        assertThat(assignment.removed()).containsExactly(TRIAL);
        assertThat(assignment.refused()).containsExactly(VIP);
        assertThat(posts()).hasSize(1);
    }

    @Test
    void tagIsNotConfusedWithAnotherWhoseKeyEqualsItsLabel() {
        sets.put("a", List.of("vip"));
        playSets(keys -> keys.stream().filter(key -> !key.equals("vip_2")).toList(), Map.of());
        Assignment assignment = done("a", TagSetChange.add(List.of(NAMESAKE)));
        assertThat(assignment.added()).isEmpty();
        assertThat(assignment.refused()).containsExactly(NAMESAKE);
    }

    @Test
    void bothTagsAreAssignedWhenEachIsNamedLikeTheOther() {
        sets.put("a", List.of());
        playSets(UnaryOperator.identity(), Map.of());
        assertThat(done("a", TagSetChange.add(List.of(VIP, NAMESAKE))).added()).containsExactly(VIP, NAMESAKE);
        assertThat(sets.get("a")).containsExactly("vip", "vip_2");
    }

    @Test
    void writesByBothIdsOfAMergedContactAreSerialized() {
        int trials = 4;
        for (int trial = 0; trial < trials; trial++) {
            sets.put("b", List.of());
            playSets(UnaryOperator.identity(), Map.of("a", "b"));
            SourceAssertions.require(Flux.merge(
                            change("a", TagSetChange.add(List.of(VIP))),
                                    change("b", TagSetChange.add(List.of(NAMESAKE))),
                            change("a", TagSetChange.add(List.of(TRIAL))), change("b", TagSetChange.add(List.of(NEW))))
                    .then(Mono.just(true)));
            assertThat(sets.get("b")).containsExactlyInAnyOrder("vip", "vip_2", "trial", "new");
        }
        // A change that another has undone would be posted again
        assertThat(server.requests())
                .filteredOn(request -> request.method().equals("POST"))
                .hasSize(4 * trials)
                .allMatch(request -> request.target().endsWith("/contacts/b/tags"));
    }

    @Test
    void writeIsUnknownAndNotPostedAgainWhenItsContactIsGoneAfterwards() {
        play(request -> sets.containsKey("a")
                ? Reply.json(404, "{\"status\":\"fail\"}")
                : Reply.json("{\"data\":{\"contact\":{\"_id\":\"a\",\"tags\":[\"vip\"]}}}"));
        Assignment assignment = done("a", TagSetChange.add(List.of(TRIAL)));
        assertThat(assignment.failure()).isNotNull().extracting("reason").isEqualTo(FailureReason.NOT_FOUND);
        assertThat(assignment.added()).isEmpty();
        assertThat(posts()).hasSize(1);
    }

    @Test
    void tagIsRemovedWhenTheCachedListLacksIt() {
        sets.put("a", List.of("vip", "late"));
        playSets(UnaryOperator.identity(), Map.of());
        Tag late = tag("9", "Late", "late");
        assertThat(done("a", TagSetChange.remove(List.of(late))).removed()).containsExactly(late);
        assertThat(sets.get("a")).containsExactly("vip");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 501, 502, 504, 520})
    void writeIsVerifiedWhenItsResponseIsAServerError(int status) {
        play(request -> request.method().equals("POST")
                ? Reply.json(status, "{}")
                : Reply.json(contact("a", sets.getOrDefault("a", List.of("vip")))));
        Assignment assignment = done("a", TagSetChange.add(List.of(TRIAL)));
        assertThat(assignment.failure()).isNull();
        assertThat(assignment.added()).containsExactly(TRIAL);
        assertThat(posts()).containsExactly("\"vip\",\"trial\"");
    }

    @Test
    void writeIsRepeatedOnceWhenItsResponseIsAServerErrorAndItWasNotApplied() {
        play(request -> request.method().equals("POST") && posts().size() == 1
                ? Reply.json(500, "{}")
                : Reply.json(contact("a", posts().size() == 2 ? List.of("vip", "trial") : List.of("vip"))));
        assertThat(done("a", TagSetChange.add(List.of(TRIAL))).failure()).isNull();
        assertThat(posts()).hasSize(2);
    }

    /** The reads of the second change whose numbers are given show the set before the first change. */
    @ParameterizedTest
    @ValueSource(strings = {"-", "0", "01", "012", "1", "12", "02", "023"})
    void changeIsKeptWhenReadsOfTheNextOneShowTheSetBeforeIt(String stale) {
        AtomicInteger reads = new AtomicInteger(-100);
        play(request -> {
            boolean old = request.method().equals("GET") && stale.contains("" + reads.getAndIncrement());
            return Reply.json(contact("a", old ? List.of("vip") : sets.getOrDefault("a", List.of("vip"))));
        });
        assertThat(done("a", new TagSetChange(List.of(NEW), List.of(VIP), false))
                        .added())
                .containsExactly(NEW);
        reads.set(0);
        Assignment next = done("a", TagSetChange.add(List.of(TRIAL)));
        assertThat(next.added()).containsExactly(TRIAL);
        assertThat(next.lost()).isFalse();
        assertThat(sets.get("a")).containsExactly("new", "trial");
    }

    @Test
    void changeIsNotRepeatedWhenAnotherWriterHasUndoneIt() {
        sets.put("a", List.of("vip"));
        playSets(UnaryOperator.identity(), Map.of());
        done("a", TagSetChange.add(List.of(NEW)));
        sets.put("a", List.of("vip"));
        done("a", TagSetChange.add(List.of(TRIAL)));
        assertThat(sets.get("a")).containsExactly("vip", "trial");
    }

    @Test
    void setThatIsWrittenAgainIsNotTakenForAReplacedOne() {
        sets.put("a", List.of("vip"));
        playSets(UnaryOperator.identity(), Map.of());
        done("a", TagSetChange.add(List.of(NEW)));
        done("a", TagSetChange.remove(List.of(NEW)));
        int before = server.requests().size();
        done("a", TagSetChange.add(List.of(TRIAL)));
        assertThat(sets.get("a")).containsExactly("vip", "trial");
        assertThat(server.requests().stream()
                        .skip(before)
                        .filter(request -> request.target().contains("/contacts/")))
                .hasSize(3);
    }

    /** Two contacts of one address, whose single reads omit the tags. */
    private void shared(String other, String otherId) {
        play(request -> request.target().contains("searchText")
                ? Reply.json("{\"data\":{\"contacts\":[" + other
                        + (otherId.equals("b") ? ",{\"_id\":\"a\"" : ",{\"x\":1")
                        + ",\"email\":\"X@example.com\",\"tags\":[" + quoted(sets.getOrDefault("a", List.of("vip")))
                        + "]}]}}")
                : Reply.json("{\"data\":{\"contact\":{\"_id\":\"" + id(request) + "\",\"email\":\"x@example.com\"}}}"));
    }

    /** A vendor that changes posted sets, and has a second id for some contacts. */
    private void playSets(UnaryOperator<List<String>> taken, Map<String, String> ids) {
        play(request -> {
            String id = ids.getOrDefault(id(request), id(request));
            if (request.method().equals("POST")) {
                sets.put(id, taken.apply(sets.getOrDefault(id, List.of())));
            }
            return Reply.json(contact(id, sets.getOrDefault(id, List.of())));
        });
    }

    private void play(Function<Received, Reply> contact) {
        server.answer(request -> {
            if (request.target().endsWith("/workspaces/w/tags")) {
                return Reply.json("{\"data\":{\"tags\":["
                        + Stream.of(VIP, NAMESAKE, TRIAL, NEW)
                                .map(tag -> "{\"_id\":\"%s\",\"label\":\"%s\",\"name\":\"%s\",\"color\":\"red\"}"
                                        .formatted(tag.remoteId(), tag.name(), tag.remoteKey()))
                                .collect(Collectors.joining(","))
                        + "]}}");
            }
            if (request.method().equals("POST")) {
                sets.put(id(request), keys(request));
            }
            return contact.apply(request);
        });
    }

    private List<String> posts() {
        return server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(request -> quoted(keys(request)))
                .toList();
    }

    private static List<String> keys(Received request) {
        Matcher matcher = TAGS.matcher(request.body());
        return matcher.find() && !matcher.group(1).isEmpty()
                ? Stream.of(matcher.group(1).split(","))
                        .map(text -> text.replace("\"", ""))
                        .toList()
                : List.of();
    }

    private static String id(Received request) {
        return request.target().replaceAll("/tags$", "").replaceAll("^.*/", "").replaceAll("[?].*$", "");
    }

    private static String contact(String id, List<String> keys) {
        return "{\"data\":{\"contact\":{\"_id\":\"%s\",\"tags\":[%s]}}}".formatted(id, quoted(keys));
    }

    private static String quoted(List<String> keys) {
        return keys.stream().map(key -> '"' + key + '"').collect(Collectors.joining(","));
    }

    private Mono<Assignment> change(String id, TagSetChange change) {
        return assignments.change(id, null, change, false);
    }

    private Assignment done(String id, TagSetChange change) {
        return SourceAssertions.require(change(id, change));
    }

    private static Tag tag(String id, String label, String key) {
        return Tag.of(Vendor.SWIPEONE, id, label, key, Color.read("red"), new TagDetails(null, true, Map.of()));
    }
}
