package io.taggateway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client of one simulated vendor, which sends one credential with every request. */
record SandboxCaller(HttpClient client, String baseUrl, String credential, String value) {

    static SandboxCaller of(String baseUrl, String credential, String value) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        return new SandboxCaller(client, baseUrl, credential, value);
    }

    /** A response, whose body is parsed on demand. */
    record Response(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        JsonNode at(String pointer) {
            return json().at(pointer);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    SandboxCaller with(String otherCredential, String otherValue) {
        return new SandboxCaller(client, baseUrl, otherCredential, otherValue);
    }

    Response get(String path) {
        return call("GET", path, "");
    }

    Response call(String method, String path, String body) {
        try {
            return new Response(client.send(request(method, path, body), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    CompletableFuture<HttpResponse<String>> callLater(String method, String path) {
        return client.sendAsync(request(method, path, ""), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String body) {
        String url = path.startsWith("http") ? path : baseUrl + path;
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .header(credential, value)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
