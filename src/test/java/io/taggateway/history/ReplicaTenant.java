package io.taggateway.history;

import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxProperties;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.support.EventStream;
import io.taggateway.support.SettableClock;
import io.taggateway.support.VendorRecordClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A tenant with its own vendors. All of its data contains its name. */
final class ReplicaTenant implements AutoCloseable {

    private static final String MARKED_CONTACT = "6682840d9286aa59ee001002";

    /** Limits the length of lists. */
    private static final int MAX_MARKS = 100;

    private final String name;
    private final Sandbox sandbox = Sandbox.start(SandboxProperties.defaults(), SettableClock.running());
    private final VendorRecordClient records = VendorRecordClient.of(sandbox);
    private final History history = new History();
    private final HistoryFixture subjects;
    private final List<EventStream> streams = new ArrayList<>();

    ReplicaTenant(String name) {
        this.name = name;
        this.subjects = HistoryFixture.begin(records, history);
        records.tagContact(MARKED_CONTACT, "only_" + name);
    }

    String name() {
        return name;
    }

    String key() {
        return "key-of-" + name;
    }

    History history() {
        return history;
    }

    HistoryFixture subjects() {
        return subjects;
    }

    /** The tenant in a file of tenants. */
    String settings() {
        StringBuilder yaml = new StringBuilder("    " + name).append(":\n      vendors:\n");
        for (SandboxVendor<?> vendor : List.of(sandbox.sipsim(), sandbox.swipeone())) {
            yaml.append("        ").append(vendor.name()).append(":\n");
            vendor.settings()
                    .forEach((key, value) -> yaml.append("          ")
                            .append(key)
                            .append(": ")
                            .append(value)
                            .append('\n'));
        }
        return yaml.toString();
    }

    /** Writes and reads marked data until a time of {@link System#nanoTime}, with one subscription. */
    void markUntil(long end, String url, HistoryClient client, Random random) {
        for (int i = 0; System.nanoTime() < end; i++) {
            if (streams.isEmpty() || streams.getLast().isEnded()) {
                streams.add(EventStream.open(
                        url, "subscription { tagChanged { kind tag { name } } }", Map.of("X-API-Key", key())));
            }
            String document = switch (random.nextInt(3)) {
                case 0 ->
                    "mutation { createTag(input: {name: \"Only " + name + ' ' + i % MAX_MARKS
                            + "\", ifExists: REUSE}) { results { status tag { name } error { code reason } } } }";
                case 1 -> "{ tags(first: 1000) { nodes { name } } }";
                default -> "{ contact(id: \"swipeone:contact:" + MARKED_CONTACT + "\") { tags { name remoteKey } } }";
            };
            client.ask(document, random);
        }
    }

    /** The events of all subscriptions. */
    List<String> events() {
        return streams.stream()
                .flatMap(stream -> stream.events().stream())
                .map(Object::toString)
                .toList();
    }

    @Override
    public void close() {
        streams.forEach(EventStream::close);
        sandbox.close();
    }
}
