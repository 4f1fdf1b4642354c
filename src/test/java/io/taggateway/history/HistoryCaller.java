package io.taggateway.history;

import static io.taggateway.history.HistoryFixture.OFF;
import static io.taggateway.history.HistoryFixture.ON;
import static io.taggateway.history.HistoryFixture.TAGS;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A caller of the gateway that reads, writes and disconnects at random, and records the responses. */
final class HistoryCaller {

    private static final Set<String> DONE = Set.of("UPDATED", "UNCHANGED");

    private final HistoryClient client;
    private final int round;
    private final HistoryFixture subjects;
    private final History history;
    private final Random random;

    HistoryCaller(HistoryClient client, int round, HistoryFixture subjects, Random random) {
        this.client = client;
        this.round = round;
        this.subjects = subjects;
        this.history = subjects.history();
        this.random = random;
    }

    /** Acts until a time of {@link System#nanoTime}. */
    void actUntil(long end) {
        while (System.nanoTime() < end) {
            act(1);
        }
    }

    void act(int operations) {
        for (int i = 0; i < operations; i++) {
            switch (random.nextInt(10)) {
                case 0, 1 -> assign("addTags", ON);
                case 2, 3 -> assign("removeTags", OFF);
                case 4 -> set();
                case 5, 6 -> readSubject();
                case 7 -> create();
                case 8 -> recolor();
                default -> readTags();
            }
        }
    }

    private void assign(String mutation, String value) {
        String subject = one(HistoryFixture.subjectIds());
        List<String> tags = some();
        long from = System.nanoTime();
        JsonNode payload = mutate(mutation, subject, tags);
        long to = System.nanoTime();
        if (payload == null || !isDone(payload)) {
            tags.forEach(tag -> history.mayHaveWritten(HistoryFixture.on(subject, tag), value, from));
            return;
        }
        Set<String> changed = names(payload.at(value.equals(ON) ? "/result/added" : "/result/removed"));
        tags.forEach(tag -> record(HistoryFixture.on(subject, tag), value, changed.contains(tag), from, to));
        subjectRead(subject, payload.path("subject"), from, to);
    }

    private void set() {
        String subject = one(HistoryFixture.subjectIds());
        List<String> tags = some();
        long from = System.nanoTime();
        JsonNode payload = mutate("setTags", subject, tags);
        long to = System.nanoTime();
        HistoryFixture.allTags().forEach(tag -> {
            String key = HistoryFixture.on(subject, tag);
            String value = tags.contains(tag) ? ON : OFF;
            if (payload == null || !isDone(payload)) {
                history.mayHaveWritten(key, value, from);
            } else if (TAGS.contains(tag)) {
                Set<String> changed = names(payload.at("/result/" + (value.equals(ON) ? "added" : "removed")));
                record(key, value, changed.contains(tag), from, to);
            } else {
                // A tag that another program assigns at the same time may stay
                history.mayHaveWritten(key, value, from);
            }
        });
        if (payload != null && isDone(payload)) {
            subjectRead(subject, payload.path("subject"), from, to);
        }
    }

    private void record(String key, String value, boolean wrote, long from, long to) {
        if (wrote) {
            history.wrote(key, value, from, to);
        } else {
            history.read(key, value, from, to);
        }
    }

    private void readSubject() {
        String subject = one(HistoryFixture.subjectIds());
        String field = subject.startsWith("sipsim") ? "call" : "contact";
        long from = System.nanoTime() - client.delay().toNanos();
        JsonNode data = ask("{ " + field + "(id: \"" + subject + "\") { tags { name } } }");
        if (data != null) {
            subjectRead(subject, data.path(field), from, System.nanoTime());
        }
    }

    private void subjectRead(String subject, JsonNode node, long from, long to) {
        if (node.path("tags").isArray()) {
            Set<String> names = names(node.path("tags"));
            HistoryFixture.allTags()
                    .forEach(tag ->
                            history.read(HistoryFixture.on(subject, tag), names.contains(tag) ? ON : OFF, from, to));
        }
    }

    private void create() {
        String name = one(HistoryFixture.names(round));
        String ifExists = random.nextBoolean() ? "REUSE" : "FAIL";
        long from = System.nanoTime();
        List.of("SIPSIM", "SWIPEONE").forEach(vendor -> history.mayHaveWritten(vendor + ' ' + name, ON, from));
        JsonNode data = ask("mutation { createTag(input: {name: \"" + name + "\", color: \"#111111\", ifExists: "
                + ifExists + "}) { results { vendor status userErrors { code } error { code reason } } } }");
        long to = System.nanoTime();
        if (data == null) {
            return;
        }
        data.at("/createTag/results").valueStream().forEach(result -> {
            String key = result.path("vendor").asString() + ' ' + name;
            switch (result.path("status").asString()) {
                case "CREATED" -> {
                    history.created(key);
                    history.wrote(key, ON, from, to);
                }
                case "REUSED" -> history.read(key, ON, from, to);
                default -> {
                    if (result.at("/userErrors/0/code").asString("").equals("NAME_TAKEN")) {
                        history.read(key, ON, from, to);
                    }
                }
            }
        });
    }

    private void recolor() {
        String tag = one(TAGS);
        String color = one(HistoryFixture.COLORS);
        String key = HistoryFixture.color(tag);
        long from = System.nanoTime();
        JsonNode data = ask("mutation { updateTag(input: {id: \"" + subjects.sipsimId(tag) + "\", color: \"" + color
                + "\"}) { result { status error { code reason } tag { color { hex } } } } }");
        long to = System.nanoTime();
        JsonNode result = data == null ? null : data.at("/updateTag/result");
        if (result == null || !DONE.contains(result.path("status").asString(""))) {
            history.mayHaveWritten(key, color, from);
            return;
        }
        record(key, color, result.path("status").asString().equals("UPDATED"), from, to);
        history.read(key, result.at("/tag/color/hex").asString(), from, to);
    }

    private void readTags() {
        long from = System.nanoTime() - client.staleness().toNanos();
        JsonNode data = ask("{ tags(first: 1000) { sources { vendor status } nodes { vendor name color { hex } } } }");
        long to = System.nanoTime();
        if (data == null) {
            return;
        }
        Set<String> current = data.at("/tags/sources")
                .valueStream()
                .filter(source -> source.path("status").asString().equals("OK"))
                .map(source -> source.path("vendor").asString())
                .collect(Collectors.toSet());
        Set<String> all = data.at("/tags/nodes")
                .valueStream()
                .map(tag ->
                        tag.path("vendor").asString() + ' ' + tag.path("name").asString())
                .collect(Collectors.toSet());
        HistoryFixture.names(round)
                .forEach(name -> current.forEach(vendor ->
                        history.read(vendor + ' ' + name, all.contains(vendor + ' ' + name) ? ON : OFF, from, to)));
        data.at("/tags/nodes")
                .valueStream()
                .filter(tag -> tag.path("vendor").asString().equals("SIPSIM")
                        && current.contains("SIPSIM")
                        && TAGS.contains(tag.path("name").asString()))
                .forEach(tag -> history.read(
                        HistoryFixture.color(tag.path("name").asString()),
                        tag.at("/color/hex").asString(),
                        from,
                        to));
    }

    private @Nullable JsonNode mutate(String mutation, String subject, List<String> tags) {
        String refs = tags.stream().map(tag -> "{name: \"" + tag + "\"}").collect(Collectors.joining(", "));
        JsonNode data = ask("mutation { " + mutation + "(input: {subjectId: \"" + subject + "\", tags: [" + refs
                + "]}) { subject { tags { name } } result { status error { code reason } added { name }"
                + " removed { name } } } }");
        return data == null ? null : data.path(mutation);
    }

    private static boolean isDone(JsonNode payload) {
        return DONE.contains(payload.at("/result/status").asString(""));
    }

    private static Set<String> names(JsonNode tags) {
        return tags.valueStream().map(tag -> tag.path("name").asString()).collect(Collectors.toSet());
    }

    private @Nullable JsonNode ask(String document) {
        return client.ask(document, random);
    }

    private List<String> some() {
        String first = one(TAGS);
        return random.nextBoolean()
                ? List.of(first)
                : List.of(
                        first,
                        one(TAGS.stream().filter(tag -> !tag.equals(first)).toList()));
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
