package io.taggateway.support;

import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import org.springframework.graphql.ResponseError;
import org.springframework.graphql.test.tester.GraphQlTester;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway, its simulated vendors, and the clock that all of them use. */
public final class TestGateway {

    /** Longer than any response is cached. */
    private static final Duration LONG = Duration.ofMinutes(61);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final GatewayClient caller;
    private final Sandbox sandbox;
    private final SettableClock clock;
    private final CallSourceFaultInjector callSources;

    private TestGateway(
            GatewayClient caller, Sandbox sandbox, SettableClock clock, CallSourceFaultInjector callSources) {
        this.caller = caller;
        this.sandbox = sandbox;
        this.clock = clock;
        this.callSources = callSources;
    }

    static TestGateway of(ApplicationContext context) {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new TestGateway(
                GatewayClient.of(port),
                context.getBean(Sandbox.class),
                context.getBean(SettableClock.class),
                context.getBean(CallSourceFaultInjector.class));
    }

    /** Removes the state of earlier tests. */
    void reset() {
        callSources.failNext(null, false);
        sandbox.vendors().forEach(SandboxVendor::restore);
        clearCaches();
    }

    /** Expires the gateway's caches, and restores the vendors' initial data. */
    public void clearCaches() {
        clock.advance(LONG);
        sandbox.vendors().forEach(SandboxVendor::reset);
        clearRequests();
    }

    /** Clears the recorded requests. */
    public void clearRequests() {
        sandbox.vendors().forEach(SandboxVendor::clearRequests);
    }

    /** Makes the next listing of calls throw an exception that no adapter throws. */
    public void failNextListingOfCalls(Throwable thrown) {
        callSources.failNext(thrown, false);
    }

    /** Makes the next listing of calls throw after the vendor's response. */
    public void failNextAnswerWithCalls(Throwable thrown) {
        callSources.failNext(thrown, true);
    }

    public SettableClock clock() {
        return clock;
    }

    public SandboxVendor<SipsimOptions> sipsim() {
        return sandbox.sipsim();
    }

    public SandboxVendor<SwipeOneOptions> swipeone() {
        return sandbox.swipeone();
    }

    /** Another gateway with the same vendors and empty caches. */
    public RunningGateway startAnother() {
        return RunningGateway.start(SandboxInitializer.properties(sandbox));
    }

    /** The requests that a vendor received, such as {@code GET /tags}, in the order of their arrival. */
    public static List<String> requests(SandboxVendor<?> vendor) {
        int base = vendor.baseUrl().length() - vendor.origin().length();
        return vendor.requests().stream()
                .map(request -> request.method() + " " + request.path().substring(base))
                .toList();
    }

    /** The number of requests that the vendors received. */
    public int requestCount() {
        return sandbox.vendors().stream()
                .mapToInt(vendor -> vendor.requests().size())
                .sum();
    }

    /** SIPSIM's own response to a GET. */
    public JsonNode getFromSipsim(String path) {
        return get(sandbox.sipsim().baseUrl() + path, "Authorization", "Bearer " + SipsimOptions.ACCESS_TOKEN);
    }

    /** Swipe One's own response to a GET. */
    public JsonNode getFromSwipeone(String path) {
        return get(sandbox.swipeone().baseUrl() + path, "x-api-key", SwipeOneOptions.API_KEY);
    }

    /** The base URL of this gateway, without a slash at the end. */
    public String url() {
        return caller.url();
    }

    public WebTestClient http() {
        return caller.http();
    }

    public GraphQlTester.Response execute(String document) {
        return caller.execute(document);
    }

    public GraphQlTester.Response execute(String document, Map<String, Object> variables) {
        return caller.execute(document, variables);
    }

    /** The texts at a path of a response without errors. */
    public List<String> texts(String document, String path) {
        return caller.texts(document, path);
    }

    /** The errors of a response; at least one. */
    public List<ResponseError> errors(String document) {
        return caller.errors(document);
    }

    private static JsonNode get(String url, String header, String value) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).header(header, value).build();
        try {
            return JsonMapper.shared()
                    .readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
