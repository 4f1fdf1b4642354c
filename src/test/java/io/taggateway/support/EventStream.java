package io.taggateway.support;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server-sent events of a subscription, until this is closed. */
public final class EventStream implements AutoCloseable {

    private static final String DATA = "data:{\"";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    private @Nullable CompletableFuture<Void> end;

    private EventStream() {}

    public static EventStream open(String gatewayUrl, String document) {
        return open(gatewayUrl, document, Map.of());
    }

    /** Opens a subscription with headers, such as credentials. */
    public static EventStream open(String gatewayUrl, String document, Map<String, String> headers) {
        EventStream stream = new EventStream();
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(gatewayUrl + "/graphql"))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(Map.of("query", document))));
        headers.forEach(builder::header);
        HttpRequest request = builder.build();
        // Not by the caller, which would otherwise read until the end if the response has begun already
        stream.end = stream.http
                .sendAsync(request, BodyHandlers.ofLines())
                .thenAcceptAsync(stream::read, Thread::startVirtualThread);
        return stream;
    }

    private void read(HttpResponse<Stream<String>> response) {
        response.body().filter(line -> line.startsWith(DATA)).forEach(this::take);
    }

    private void take(String line) {
        events.add(JsonMapper.shared().readTree(line.substring(line.indexOf('{'))));
    }

    /** What was received so far. */
    public List<JsonNode> events() {
        return events;
    }

    /** Whether the gateway has ended the stream. */
    public boolean isEnded() {
        return end != null && end.isDone();
    }

    @Override
    public void close() {
        if (end != null) {
            end.cancel(true);
        }
        http.shutdownNow();
    }
}
