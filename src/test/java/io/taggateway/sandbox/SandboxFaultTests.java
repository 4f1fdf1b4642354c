package io.taggateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.sandbox.SandboxCaller.Response;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

/** Tests of faults, which are set from Java and over HTTP. */
class SandboxFaultTests {

    private final Sandbox sandbox = Sandbox.start();
    private final SandboxVendor<SipsimOptions> sipsim = sandbox.sipsim();
    private final SandboxCaller caller =
            SandboxCaller.of(sipsim.baseUrl(), "Authorization", "Bearer " + SipsimOptions.ACCESS_TOKEN);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void returnsStatusAndBodyUntilHealed() {
        sipsim.fail(Fault.status(503, "{\"errors\":[\"busy\"]}").retryAfter(Duration.ofSeconds(7)));
        Response response = caller.get("/tags");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.at("/errors/0").asString()).isEqualTo("busy");
        assertThat(response.header("Retry-After")).isEqualTo("7");
        sipsim.removeFaults();
        assertThat(caller.get("/tags").status()).isEqualTo(200);
        assertThat(sipsim.requests()).hasSize(2);
    }

    @Test
    void faultEndsAfterItsTimesAndTheNextOneApplies() {
        sipsim.fail(Fault.tooManyRequests()
                .retryAfter(Instant.parse("2031-05-06T07:08:09Z"))
                .times(2));
        sipsim.fail(Fault.html(502).times(1));
        assertThat(caller.get("/tags").header("Retry-After")).isEqualTo("Tue, 06 May 2031 07:08:09 GMT");
        assertThat(caller.get("/tags").status()).isEqualTo(429);
        assertThat(caller.get("/tags").body()).startsWith("<html>");
        assertThat(caller.get("/tags").status()).isEqualTo(200);
        sipsim.fail(Fault.tooManyRequests());
        assertThat(caller.get("/tags").header("Retry-After")).isEmpty();
    }

    @Test
    void faultAppliesOnlyToItsMethodAndPaths() {
        sipsim.fail(Fault.status(500).on("GET", "/api/v2/tags"));
        assertThat(caller.get("/tags?limit=5").status()).isEqualTo(500);
        assertThat(caller.get("/account").status()).isEqualTo(200);
        assertThat(caller.call("POST", "/tags", "{\"name\":\"A\"}").status()).isEqualTo(201);
    }

    @Test
    void returnsBodiesWithoutJson() {
        sipsim.fail(Fault.garbage().times(1));
        sipsim.fail(Fault.emptyBody().times(1));
        Response garbage = caller.get("/tags");
        assertThat(garbage.status()).isEqualTo(200);
        assertThatThrownBy(garbage::json).isInstanceOf(JacksonException.class);
        Response empty = caller.get("/tags");
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.body()).isEmpty();
    }

    @Test
    void requestIsProcessedWhenItsResponseIsCutOff() {
        sipsim.fail(Fault.cutOff().times(1));
        assertThatThrownBy(() -> caller.call("POST", "/tags", "{\"name\":\"Lost\"}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(caller.call("POST", "/tags", "{\"name\":\"Lost\"}").status()).isEqualTo(409);
    }

    @Test
    void slowResponseIsCompleteAndLate() {
        sipsim.fail(Fault.slow(Duration.ofMillis(150)).times(1));
        long begin = System.nanoTime();
        assertThat(caller.get("/tags").at("/data").size()).isEqualTo(14);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void latencyCombinesWithOtherFaults() {
        sipsim.fail(Fault.status(504).latency(Duration.ofMillis(100)));
        long begin = System.nanoTime();
        assertThat(caller.get("/tags").status()).isEqualTo(504);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void hangingRequestDoesNotBlockOthersAndEndsWithTheSandbox() {
        sipsim.fail(Fault.hang().times(1));
        CompletableFuture<HttpResponse<String>> hanging = caller.callLater("GET", "/tags");
        CompletableFuture<Void> met = CompletableFuture.runAsync(() -> {
            while (sipsim.requests().isEmpty()) {
                Thread.onSpinWait();
            }
        });
        assertThat(met).succeedsWithin(Duration.ofSeconds(3));
        assertThat(caller.get("/tags").status()).isEqualTo(200);
        assertThat(hanging).isNotDone();
        sandbox.close();
        assertThatThrownBy(() -> hanging.get(3, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void consoleSetsAndClearsOneFaultPerVendor() {
        String console = sipsim.origin() + "/sandbox/fault";
        Response set = caller.call("PUT", console, """
            {"kind":"status","status":503,"body":{"errors":["busy"]},"retryAfter":3,"latencyMillis":1,
             "times":5,"method":"get","path":"/api/v2/tags"}
            """);
        assertThat(set.status()).isEqualTo(204);
        assertThat(caller.get("/tags").body()).isEqualTo("{\"errors\":[\"busy\"]}");
        assertThat(caller.get("/tags").header("Retry-After")).isEqualTo("3");
        assertThat(caller.get("/account").status()).isEqualTo(200);
        assertThat(caller.get(sandbox.swipeone().baseUrl() + "/tags/1").status())
                .isEqualTo(401);
        assertThat(caller.call("DELETE", console, "").status()).isEqualTo(204);
        assertThat(caller.get("/tags").status()).isEqualTo(200);
    }

    @Test
    void consoleAcceptsEveryKindOfFault() {
        String console = sipsim.origin() + "/sandbox/fault";
        for (String kind : new String[] {"html", "too-many-requests", "garbage", "empty", "cut-off", "hang"}) {
            assertThat(caller.call("PUT", console, "{\"kind\":\"%s\"}".formatted(kind))
                            .status())
                    .as(kind)
                    .isEqualTo(204);
        }
        caller.call("PUT", console, "{\"kind\":\"slow\",\"latencyMillis\":1}");
        assertThat(caller.get("/tags").status()).isEqualTo(200);
        caller.call("PUT", console, "{\"kind\":\"html\"}");
        assertThat(caller.get("/tags").status()).isEqualTo(502);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | Request body is not valid JSON",
                "{} | Set \"kind\" to one of slow, status, html, too-many-requests, cut-off, garbage, empty or hang.",
                "{\"kind\":7} | Set \"kind\" to a text.",
                "{\"kind\":\"slow\"} | Add \"latencyMillis\" to a fault of kind slow.",
                "{\"kind\":\"status\"} | Add \"status\" to a fault of kind status.",
                "{\"kind\":\"status\",\"status\":99} | Set \"status\" to an integer from 200 to 599.",
                "{\"kind\":\"hang\",\"times\":0} | Set \"times\" to an integer from 1 to 1000000.",
                "{\"kind\":\"hang\",\"time\":1} | Remove \"time\": it is no field of a fault.",
                "{\"kind\":\"hang\",\"retryAfter\":true} | Set \"retryAfter\" to a number of seconds or to the text of"
                        + " an HTTP date.",
            })
    void consoleNamesTheInvalidMember(String body, String sentence) {
        Response response = caller.call("PUT", sipsim.origin() + "/sandbox/fault", body);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.at("/error").asString()).isEqualTo(sentence);
    }

    @Test
    void consoleCountsRequestsByPath() {
        caller.get("/tags");
        caller.get("/tags?limit=5");
        caller.get("/calls/%2B1");
        Response response = caller.get(sipsim.origin() + "/sandbox/requests");
        assertThat(response.body())
                .isEqualTo("{\"total\":3,\"requests\":{\"GET /api/v2/calls/%2B1\":1,\"GET /api/v2/tags\":2}}");
        assertThat(caller.get(sipsim.origin() + "/sandbox/other").status()).isEqualTo(404);
        assertThat(sipsim.requests()).hasSize(3);
    }
}
