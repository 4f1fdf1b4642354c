package io.taggateway.history;

import io.taggateway.support.VendorRecordClient;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Another program that writes to the vendors, without the gateway. */
final class HistoryDirectWriter {

    private final VendorRecordClient records;
    private final HistoryFixture subjects;
    private final History history;
    private final Random random;

    HistoryDirectWriter(VendorRecordClient records, HistoryFixture subjects, Random random) {
        this.records = records;
        this.subjects = subjects;
        this.history = subjects.history();
        this.random = random;
    }

    void act(int operations) {
        for (int i = 0; i < operations; i++) {
            boolean puts = random.nextBoolean();
            if (random.nextBoolean()) {
                tagCall(HistoryFixture.CALLS.get(random.nextInt(HistoryFixture.CALLS.size())), puts);
            } else {
                tagContact(HistoryFixture.CONTACTS.get(random.nextInt(HistoryFixture.CONTACTS.size())), puts);
            }
        }
    }

    /** An atomic change in one request. */
    private void tagCall(String id, boolean puts) {
        String key = HistoryFixture.on("sipsim:call:" + id, HistoryFixture.DIRECT_TAG);
        String value = puts ? HistoryFixture.ON : HistoryFixture.OFF;
        long from = System.nanoTime();
        request(() ->
                records.requestSipsim(puts ? "PUT" : "DELETE", "/calls/" + id + "/tags/" + subjects.directTagId(), ""));
        history.mayHaveWritten(key, value, from, System.nanoTime());
    }

    /** A read and a write, between which the gateway may write. */
    private void tagContact(String id, boolean puts) {
        String subjectId = "swipeone:contact:" + id;
        long from = System.nanoTime();
        JsonNode read = request(() -> records.requestSwipeone("GET", "/contacts/" + id, ""));
        JsonNode tags = read.at("/data/contact/tags");
        Set<String> keys =
                tags.valueStream().map(JsonNode::asString).collect(Collectors.toCollection(LinkedHashSet::new));
        String directKey = HistoryFixture.key(HistoryFixture.DIRECT_TAG);
        if (!tags.isArray() || !(puts ? keys.add(directKey) : keys.remove(directKey))) {
            return;
        }
        request(() -> {
            records.tagContact(id, keys.toArray(String[]::new));
            return read;
        });
        long to = System.nanoTime();
        HistoryFixture.allTags()
                .forEach(tag -> history.mayHaveWritten(
                        HistoryFixture.on(subjectId, tag),
                        keys.contains(HistoryFixture.key(tag)) ? HistoryFixture.ON : HistoryFixture.OFF,
                        from,
                        to));
    }

    /** The response to a request, which may be a fault that was injected for the gateway. */
    private static JsonNode request(Supplier<JsonNode> request) {
        try {
            return request.get();
        } catch (CompletionException | JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
