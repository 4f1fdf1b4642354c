package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.security.ApiKeyDigest;
import io.taggateway.sandbox.Fault;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.operation.RunningOperationRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests of equal queries in progress: which of them share an execution, and the response of each caller. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class SharedFlightTests {

    private static final String CALLS = "{ calls(first: 1) { nodes { id tags { name } } } }";
    private static final String LISTED = "/calls";

    private final InterceptedGateway vendors = new InterceptedGateway(variables());
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final MeterRegistry meters = vendors.gateway().gateway().context().getBean(MeterRegistry.class);
    private final List<CountDownLatch> held = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();

    private static Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(Map.of(
                "GATEWAY_SECURITY_MODE", "api-key",
                "GATEWAY_REQUEST_TIMEOUT", "60s",
                "SIPSIM_RESPONSE_TIMEOUT", "60s",
                "gateway.security.api-keys.limited.requests-per-minute", "2"));
        Map.of(
                        "one", "tags.read,calls.read,contacts.read,calls.tags.write,tags.write",
                        "two", "tags.read,calls.read,contacts.read,calls.tags.write,tags.write",
                        "limited", "tags.read,calls.read,contacts.read,calls.tags.write,tags.write",
                        "fewer", "tags.read,calls.read")
                .forEach((name, scopes) -> {
                    variables.put("gateway.security.api-keys." + name + ".sha256", ApiKeyDigest.of(name + "-key"));
                    variables.put("gateway.security.api-keys." + name + ".scopes", scopes);
                });
        return variables;
    }

    @AfterEach
    void release() {
        held.forEach(CountDownLatch::countDown);
        vendors.sipsim().removeActions();
        vendors.swipeone().removeActions();
        vendors.gateway().sandbox().sipsim().restore();
        await().until(() -> running().count() == 0);
        assertThat(meters.get("taggateway.shared.flights").gauge().value()).isZero();
    }

    @AfterAll
    void stop() {
        vendors.close();
        http.shutdownNow();
    }

    @Test
    void equalQueriesAreExecutedOnceAndEachHasItsOwnResponse() {
        RequestBarrier hold = hold("GET", LISTED);
        double before = joined();
        // The gateway counts a request after its response, which an earlier test may have received already
        await().until(() -> requests() >= answered.get());
        double requests = requests();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        answers.add(post("one", CALLS, "X-Request-Id", "id-0"));
        hold.awaitEntry();
        for (int i = 1; i < 20; i++) {
            answers.add(post(i % 2 == 0 ? "one" : "two", CALLS, "X-Request-Id", "id-" + i));
        }
        await().until(() -> joined() == before + 19);
        hold.release();
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> response = answers.get(i).join();
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .isEqualTo(answers.getFirst().join().body())
                    .contains("sipsim:call:");
            assertThat(header(response, "X-Request-Id")).isEqualTo("id-" + i);
            assertThat(header(response, "RateLimit")).startsWith("\"requests\";r=");
            assertThat(response.headers().map().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            answers.getFirst().join().headers().map().keySet());
        }
        assertThat(listings()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(requests()).isEqualTo(requests + 20));
    }

    @Test
    void queryIsExecutedSeparatelyAfterACompletedWrite() {
        RequestBarrier hold = hold("GET", LISTED);
        CompletableFuture<HttpResponse<String>> old = post("one", CALLS);
        hold.awaitEntry();
        String name = "Written " + System.nanoTime();
        CompletableFuture<HttpResponse<String>> write = post(
                "two",
                "mutation { setTags(input: {subjectId: \"sipsim:call:100400\", createMissing: true, tags: [{name: \""
                        + name + "\"}]}) { userErrors { message } } }");
        assertThat(write.join().body()).contains("\"userErrors\":[]");
        double before = joined();
        assertThat(post("one", CALLS).join().body()).contains(name);
        assertThat(joined()).isEqualTo(before);
        hold.release();
        assertThat(old.join().body()).doesNotContain(name);
    }

    @Test
    void requestIsExecutedSeparatelyWhenItDiffers() {
        RequestBarrier hold = hold("GET", LISTED);
        CompletableFuture<HttpResponse<String>> first = post("one", CALLS);
        hold.awaitEntry();
        double before = joined();
        String encoded = "?query=" + URLEncoder.encode(CALLS, StandardCharsets.UTF_8);
        List<CompletableFuture<HttpResponse<String>>> others = List.of(
                post("fewer", CALLS),
                post("one", CALLS + " "),
                send("one", request(body(CALLS), "application/graphql-response+json")),
                send("one", request("{\"variables\":{}," + body(CALLS).substring(1), "application/json")),
                send(
                        "one",
                        HttpRequest.newBuilder(URI.create(vendors.gateway().url() + "/graphql" + encoded))
                                .header("Accept", "application/json")));
        others.forEach(other -> assertThat(other.join().statusCode()).isEqualTo(200));
        assertThat(joined()).isEqualTo(before);
        assertThat(first).isNotDone();
        hold.release();
        assertThat(first.join().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void executionContinuesForOtherCallersWhenOneDisconnects(int leaver) {
        RequestBarrier hold = hold("GET", LISTED);
        double before = joined();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        answers.add(post("one", CALLS));
        hold.awaitEntry();
        answers.add(post("one", CALLS));
        answers.add(post("two", CALLS));
        await().until(() -> joined() == before + 2);
        double left = left();
        answers.remove(leaver).cancel(true);
        await().until(() -> left() == left + 1);
        CompletableFuture<HttpResponse<String>> late = post("two", CALLS);
        await().until(() -> joined() == before + 3);
        hold.release();
        answers.forEach(response -> assertThat(response.join().body()).contains("sipsim:call:"));
        assertThat(late.join().body()).isEqualTo(answers.getFirst().join().body());
        assertThat(listings()).isEqualTo(1);
    }

    @Test
    void executionIsCancelledWhenTheLastCallerDisconnects() {
        RequestBarrier hold = hold("GET", LISTED);
        double before = joined();
        CompletableFuture<HttpResponse<String>> first = post("one", CALLS);
        hold.awaitEntry();
        CompletableFuture<HttpResponse<String>> second = post("two", CALLS);
        await().until(() -> joined() == before + 1);
        first.cancel(true);
        assertThat(running().count()).isEqualTo(1);
        second.cancel(true);
        await().until(() -> running().count() == 0);
        assertThat(meters.get("taggateway.shared.flights").gauge().value()).isZero();
    }

    @Test
    void errorsOfTheVendorReachEachCallerAndAreCountedForEach() {
        vendors.gateway().sandbox().sipsim().fail(Fault.status(500));
        RequestBarrier hold = hold("GET", LISTED);
        double before = joined();
        double errors = errors();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        answers.add(post("one", CALLS, "X-Request-Id", "id-0"));
        hold.awaitEntry();
        answers.add(post("one", CALLS, "X-Request-Id", "id-1"));
        answers.add(post("two", CALLS, "X-Request-Id", "id-2"));
        await().until(() -> joined() == before + 2);
        hold.release();
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> response = answers.get(i).join();
            assertThat(response.body())
                    .isEqualTo(answers.getFirst().join().body())
                    .contains("UPSTREAM_");
            assertThat(header(response, "X-Request-Id")).isEqualTo("id-" + i);
            assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        }
        assertThat(errors()).isEqualTo(errors + 3);
    }

    @Test
    void everyMutationIsExecuted() {
        String create = "mutation { createTag(input: {name: \"Twice\", vendors: [SIPSIM]}) { userErrors { message }"
                + " results { tag { id } } } }";
        RequestBarrier hold = hold("POST", "/tags");
        double before = joined();
        CompletableFuture<HttpResponse<String>> first = post("one", create);
        hold.awaitEntry();
        CompletableFuture<HttpResponse<String>> second = post("one", create);
        await().until(() -> running().count() == 2);
        hold.release();
        assertThat(second.join().body()).isNotEqualTo(first.join().body());
        assertThat(joined()).isEqualTo(before);
    }

    @Test
    void limitsApplyToCallersThatJoinAnExecution() {
        RequestBarrier hold = hold("GET", LISTED);
        double before = joined();
        CompletableFuture<HttpResponse<String>> first = post("one", CALLS);
        hold.awaitEntry();
        List<CompletableFuture<HttpResponse<String>>> limited = List.of(post("limited", CALLS), post("limited", CALLS));
        await().until(() -> joined() == before + 2);
        HttpResponse<String> refused = post("limited", CALLS).join();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(header(refused, "Retry-After")).isNotEmpty();
        hold.release();
        limited.forEach(response -> assertThat(response.join().statusCode()).isEqualTo(200));
        assertThat(first.join().statusCode()).isEqualTo(200);
    }

    @Test
    void equalQueriesForContactsAreExecutedOnce() {
        RequestBarrier hold = hold(vendors.swipeone(), "GET", "/contacts");
        double before = joined();
        String query = "{ contacts(first: 1) { nodes { id } } }";
        CompletableFuture<HttpResponse<String>> first = post("one", query);
        hold.awaitEntry();
        CompletableFuture<HttpResponse<String>> second = post("two", query);
        await().until(() -> joined() == before + 1);
        hold.release();
        assertThat(second.join().body()).isEqualTo(first.join().body()).contains("swipeone:contact:");
    }

    private RequestBarrier hold(String method, String path) {
        vendors.gateway().sandbox().sipsim().clearRequests();
        return hold(vendors.sipsim(), method, path);
    }

    private RequestBarrier hold(InterceptingProxy vendor, String method, String path) {
        RequestBarrier hold = new RequestBarrier(new CountDownLatch(1), new CountDownLatch(1));
        held.add(hold.exit);
        vendor.after(method, path, hold::pass);
        return hold;
    }

    private CompletableFuture<HttpResponse<String>> post(String caller, String query, String... headers) {
        HttpRequest.Builder request = request(body(query), "application/json");
        return send(caller, headers.length == 0 ? request : request.headers(headers));
    }

    private static String body(String query) {
        return JsonMapper.shared().writeValueAsString(Map.of("query", query));
    }

    private HttpRequest.Builder request(String body, String accept) {
        return HttpRequest.newBuilder(URI.create(vendors.gateway().url() + "/graphql"))
                .headers("Content-Type", "application/json", "Accept", accept)
                .POST(BodyPublishers.ofString(body));
    }

    private CompletableFuture<HttpResponse<String>> send(String caller, HttpRequest.Builder request) {
        return http.sendAsync(request.header("X-API-Key", caller + "-key").build(), BodyHandlers.ofString())
                .whenComplete((response, failure) -> {
                    if (response != null && response.statusCode() == 200) {
                        answered.incrementAndGet();
                    }
                });
    }

    private static String header(HttpResponse<String> response, String name) {
        return String.join(", ", response.headers().allValues(name));
    }

    private long listings() {
        return vendors.gateway().sandbox().sipsim().requests().stream()
                .filter(request -> request.path().endsWith(LISTED))
                .count();
    }

    private RunningOperationRegistry running() {
        return vendors.gateway().gateway().context().getBean(RunningOperationRegistry.class);
    }

    private double joined() {
        return meters.get("taggateway.shared.flights.joined").counter().count();
    }

    private double errors() {
        return meters.find("taggateway.errors").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /** The number of measured requests, with and without execution. */
    private double requests() {
        return meters.find("http.server.requests").tag("status", "200").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    private double left() {
        return meters.find("http.server.requests").tag("outcome", "UNKNOWN").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    /** Delays a response of the vendor until the test releases it. */
    private record RequestBarrier(CountDownLatch entry, CountDownLatch exit) {

        void pass() {
            entry.countDown();
            try {
                exit.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void awaitEntry() {
            await().until(() -> entry.getCount() == 0);
        }

        void release() {
            exit.countDown();
        }
    }
}
