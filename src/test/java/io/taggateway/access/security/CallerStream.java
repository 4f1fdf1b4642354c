package io.taggateway.access.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** A subscription over server-sent events that receives no events. */
record CallerStream(HttpClient http, InputStream events) implements AutoCloseable {

    static CallerStream open(String gateway, Map<String, String> headers) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + "/graphql"))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString("{\"query\": \"subscription { tagChanged { __typename } }\"}"));
        headers.forEach(request::header);
        return new CallerStream(
                http, http.send(request.build(), BodyHandlers.ofInputStream()).body());
    }

    /** Everything received until it ends. */
    String end() throws IOException {
        return new String(events.readAllBytes(), UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
