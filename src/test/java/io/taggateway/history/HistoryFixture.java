package io.taggateway.history;

import io.taggateway.support.VendorRecordClient;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The subjects that callers write, and their state at the vendors. */
final class HistoryFixture {

    static final List<String> CONTACTS = List.of("6682840d9286aa59ee001000", "6682840d9286aa59ee001001");
    static final List<String> CALLS = List.of("100399", "100400");

    /** The tags that callers assign and unassign. */
    static final List<String> TAGS = List.of("Ada", "Bob", "Cid", "Dan");

    /** The tag that another program assigns and unassigns. */
    static final String DIRECT_TAG = "Eve";

    static final List<String> COLORS = List.of("#111111", "#222222", "#333333");
    static final String ON = "on";
    static final String OFF = "off";

    private final VendorRecordClient records;
    private final History history;
    private final Map<String, String> sipsimIds = new HashMap<>();

    private HistoryFixture(VendorRecordClient records, History history) {
        this.records = records;
        this.history = history;
    }

    /** Creates the tags, and removes all tags from the subjects. */
    static HistoryFixture begin(VendorRecordClient records, History history) {
        HistoryFixture subjects = new HistoryFixture(records, history);
        subjects.begin();
        return subjects;
    }

    History history() {
        return history;
    }

    /** The id of SIPSIM's tag. */
    String sipsimId(String tag) {
        return "sipsim:tag:" + sipsimIds.get(tag);
    }

    /** SIPSIM's own id of the tag that another program assigns. */
    String directTagId() {
        return String.valueOf(sipsimIds.get(DIRECT_TAG));
    }

    static Stream<String> allTags() {
        return Stream.concat(TAGS.stream(), Stream.of(DIRECT_TAG));
    }

    static List<String> subjectIds() {
        return Stream.concat(
                        CONTACTS.stream().map(id -> "swipeone:contact:" + id),
                        CALLS.stream().map(id -> "sipsim:call:" + id))
                .toList();
    }

    /** The name that is created in a round. */
    void begin(int round) {
        names(round)
                .forEach(name -> List.of("SIPSIM", "SWIPEONE")
                        .forEach(vendor -> history.wrote(vendor + ' ' + name, OFF, Long.MIN_VALUE, Long.MIN_VALUE)));
    }

    static List<String> names(int round) {
        return List.of("Round " + round + " one", "Round " + round + " two");
    }

    static String on(String subjectId, String tag) {
        return tag + " on " + subjectId;
    }

    static String color(String tag) {
        return "color of " + tag;
    }

    private void begin() {
        allTags().forEach(tag -> {
            sipsimIds.put(tag, records.addSipsimTag(tag, COLORS.getFirst()));
            records.addSwipeoneTag(tag, "gray");
        });
        TAGS.forEach(tag -> history.wrote(color(tag), COLORS.getFirst(), Long.MIN_VALUE, Long.MIN_VALUE));
        CONTACTS.forEach(records::tagContact);
        CALLS.forEach(id -> allTags()
                .forEach(tag -> records.requestSipsim("DELETE", "/calls/" + id + "/tags/" + sipsimIds.get(tag), "")));
        subjectIds()
                .forEach(id ->
                        allTags().forEach(tag -> history.wrote(on(id, tag), OFF, Long.MIN_VALUE, Long.MIN_VALUE)));
    }

    /** Reads everything directly from the vendors while no request is in progress. */
    void readAtVendors(int round) {
        CONTACTS.forEach(id -> {
            long from = System.nanoTime();
            Set<String> keys = Set.copyOf(records.contactTags(id));
            read(
                    "swipeone:contact:" + id,
                    keys.stream().map(HistoryFixture::name).collect(Collectors.toSet()),
                    from);
        });
        CALLS.forEach(id -> {
            long from = System.nanoTime();
            read("sipsim:call:" + id, Set.copyOf(records.callTags(id)), from);
        });
        long from = System.nanoTime();
        List<JsonNode> tags = records.requestSipsim("GET", "/tags?limit=1000", "")
                .path("data")
                .valueStream()
                .toList();
        tags.stream()
                .filter(tag -> TAGS.contains(tag.path("name").asString()))
                .forEach(tag -> history.read(
                        color(tag.path("name").asString()), tag.path("color").asString(), from, System.nanoTime()));
        names(round).forEach(name -> {
            once(
                    "SIPSIM " + name,
                    tags.stream()
                            .filter(tag -> tag.path("name").asString().equals(name))
                            .count(),
                    from);
            once(
                    "SWIPEONE " + name,
                    records.swipeoneTags().stream()
                            .filter(tag -> tag.startsWith(name + ' '))
                            .count(),
                    from);
        });
    }

    private void once(String key, long count, long from) {
        history.read(key, count == 0 ? OFF : count == 1 ? ON : count + " times", from, System.nanoTime());
    }

    private void read(String subjectId, Set<String> names, long from) {
        long to = System.nanoTime();
        allTags().forEach(tag -> history.read(on(subjectId, tag), names.contains(tag) ? ON : OFF, from, to));
    }

    /** The text for a tag in a contact. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The display name of the tag for a contact's text. */
    static String name(String key) {
        return Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }
}
