package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.JsonClient;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.VendorRecordClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Properties of mutations for any sets of tags, on calls and on contacts. */
@SlowTest
class MutationPropertyTests {

    private static final int TRIES = 12;

    private static @Nullable SandboxedGateway gateway;

    @BeforeContainer
    static void start() {
        gateway = SandboxedGateway.start(Map.of());
    }

    @AfterContainer
    static void stop() {
        gateway().close();
    }

    /** A call or a contact, and the names of its vendor's tags. */
    enum Subject {
        CALL(
                "sipsim:call:100400",
                "VIP,Follow-up,Complaint,Billing,Long Call,Hot Lead,Support,Spam,Réclamation,Partner"),
        CONTACT(
                "swipeone:contact:6682840d9286aa59ee001000",
                "VIP,Follow Up,Hot Lead,Billing,Renewal,Complaint,Partner,Newsletter,Churn Risk,Trial");

        private final String id;
        private final String names;

        Subject(String id, String names) {
            this.id = id;
            this.names = names;
        }

        /** Its tags at the vendor. */
        Set<String> held() {
            VendorRecordClient records = gateway().records();
            String remoteId = id.substring(id.lastIndexOf(':') + 1);
            Stream<String> held = this == CALL
                    ? records.callTags(remoteId).stream()
                    : records.contactTags(remoteId).stream().map(this::name);
            return held.collect(Collectors.toCollection(TreeSet::new));
        }

        List<String> names() {
            return List.of(names.split(",", -1));
        }

        private String name(String key) {
            return names().stream()
                    .filter(name ->
                            name.toLowerCase(Locale.ROOT).replace(' ', '_').equals(key))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A subject, its initial tags, and two lists of other tags, in any order and with repetitions. */
    record Case(Subject subject, List<String> before, List<String> one, List<String> two) {}

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<List<Integer>> tags =
                Arbitraries.integers().between(0, 9).list().ofMaxSize(6);
        return Combinators.combine(Arbitraries.of(Subject.class), tags, tags, tags)
                .as((subject, before, one, two) ->
                        new Case(subject, names(subject, before), names(subject, one), names(subject, two)));
    }

    @Property(seed = "11", tries = TRIES, shrinking = ShrinkingMode.OFF)
    void readReturnsTheTagsThatWereSet(@ForAll("cases") Case any) {
        MutationResponse first = change("setTags", any.subject, any.before);
        assertThat(first.results()).noneMatch(line -> line.contains("FAILED"));
        assertThat(any.subject.held()).isEqualTo(set(any.before));
        MutationResponse written = change("setTags", any.subject, any.one);
        assertThat(any.subject.held()).isEqualTo(set(any.one));
        assertThat(set(written.texts("/subject/tags", "name"))).isEqualTo(set(any.one));
        assertThat(set(written.texts("/result/added", "name"))).isEqualTo(without(any.one, any.before));
        assertThat(set(written.texts("/result/removed", "name"))).isEqualTo(without(any.before, any.one));
        assertThat(read(any.subject)).isEqualTo(set(any.one));
        assertThat(change("setTags", any.subject, any.one).result()).endsWith(" UNCHANGED");
    }

    @Property(seed = "12", tries = TRIES, shrinking = ShrinkingMode.OFF)
    void addIsUnionAndRemoveIsDifference(@ForAll("cases") Case any) {
        change("setTags", any.subject, any.before);
        MutationResponse added = change("addTags", any.subject, any.one);
        Set<String> union = set(any.before, any.one);
        assertThat(any.subject.held()).isEqualTo(union);
        assertThat(set(added.texts("/result/added", "name"))).isEqualTo(without(any.one, any.before));
        MutationResponse removed = change("removeTags", any.subject, any.two);
        Set<String> rest = without(union, any.two);
        assertThat(any.subject.held()).isEqualTo(rest).isEqualTo(read(any.subject));
        assertThat(set(removed.texts("/result/removed", "name"))).isEqualTo(without(union, rest));
        assertThat(removed.result()).contains(rest.equals(union) ? " UNCHANGED" : " UPDATED");
    }

    @Property(seed = "13", tries = TRIES, shrinking = ShrinkingMode.OFF)
    void orderOfAdditionsMakesNoDifference(@ForAll("cases") Case any) {
        change("setTags", any.subject, any.before);
        change("addTags", any.subject, any.one);
        change("addTags", any.subject, any.two);
        Set<String> oneWay = any.subject.held();
        change("setTags", any.subject, any.before);
        change("addTags", any.subject, any.two);
        change("addTags", any.subject, any.one);
        assertThat(any.subject.held()).isEqualTo(oneWay).isEqualTo(set(any.before, any.one, any.two));
    }

    @Property(seed = "14", tries = TRIES, shrinking = ShrinkingMode.OFF)
    void dryRunReturnsTheSameAsTheRun(@ForAll("cases") Case any) {
        change("setTags", any.subject, any.before);
        List<String> remove = List.copyOf(without(any.two, any.one));
        for (String call : List.of(
                "setTags(input: {subjectId: \"" + any.subject.id + "\", tags: " + refs(any.one),
                "tagSubjects(input: {subjectIds: [\"" + any.subject.id + "\"], add: " + refs(any.one) + ", remove: "
                        + refs(remove))) {
            MutationResponse plan = MutationResponse.of(gateway().url(), call + ", dryRun: true})");
            assertThat(any.subject.held()).isEqualTo(set(any.before));
            List<String> run = MutationResponse.of(gateway().url(), call + "})").results();
            assertThat(plan.results())
                    .isEqualTo(run.stream()
                            .map(line -> line.replace(" UPDATED", " PLANNED"))
                            .toList());
            change("setTags", any.subject, any.before);
        }
    }

    private static SandboxedGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    private static MutationResponse change(String mutation, Subject subject, List<String> names) {
        return MutationResponse.of(
                gateway().url(), mutation + "(input: {subjectId: \"" + subject.id + "\", tags: " + refs(names) + "})");
    }

    private static Set<String> read(Subject subject) {
        return JsonClient.execute(
                        gateway().url(), "{ node(id: \"" + subject.id + "\") { ... on Taggable { tags { name } } } }")
                .at("/data/node/tags")
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> names(Subject subject, List<Integer> indexes) {
        return indexes.stream().map(subject.names()::get).toList();
    }

    /** Every other tag by its slug. */
    private static String refs(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> i % 2 == 0 ? "{name: \"" + names.get(i) + "\"}" : "{slug: \"" + names.get(i) + "\"}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @SafeVarargs
    private static Set<String> set(Iterable<String>... parts) {
        Set<String> all = new TreeSet<>();
        for (Iterable<String> part : parts) {
            part.forEach(all::add);
        }
        return all;
    }

    private static Set<String> without(Iterable<String> some, Iterable<String> others) {
        Set<String> rest = set(some);
        List<String> gone = new ArrayList<>();
        others.forEach(gone::add);
        rest.removeAll(gone);
        return rest;
    }
}
