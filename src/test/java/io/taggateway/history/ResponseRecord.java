package io.taggateway.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The responses of several gateways, each of which is checked against the documentation. */
final class ResponseRecord {

    private static final Set<Integer> STATUSES = Set.of(200, 503, 504);
    private static final Set<String> CODES =
            Set.of("DOWNSTREAM_SERVICE_ERROR", "GATEWAY_TIMEOUT", "SERVICE_UNAVAILABLE");
    private static final Set<String> REASONS =
            Set.of("", "UPSTREAM_UNAVAILABLE", "UPSTREAM_RATE_LIMITED", "CIRCUIT_OPEN", "CLUSTER_UNAVAILABLE");
    private static final Pattern MARK = Pattern.compile("(?i)Only[ _-]([a-z]+)");

    private final Duration limit;
    private final List<Period> pauses = new ArrayList<>();
    private final List<Period> ends = new ArrayList<>();
    private final List<Response> late = new ArrayList<>();
    private final List<Response> lost = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private int size;

    /** @param limit the time limit of an operation, with a margin for a busy machine */
    ResponseRecord(Duration limit) {
        this.limit = limit;
    }

    private record Period(long from, long to) {}

    private record Response(String document, long from, long to) {}

    /** A gateway was paused, and could not respond. */
    synchronized void paused(long from, long to) {
        pauses.add(new Period(from, to));
    }

    /** A gateway was ended, and lost the requests in progress. */
    synchronized void ended(long from, long to) {
        ends.add(new Period(from, to));
    }

    /** Records a request that was sent to a gateway, and got no response. */
    synchronized void lost(String document, long from, long to) {
        lost.add(new Response(document, from, to));
    }

    /** Records the response to an operation of a tenant, all of whose data is marked with the tenant's name. */
    synchronized void add(String tenant, String document, int status, String body, long from, long to) {
        size++;
        if (to - from > limit.toNanos()) {
            late.add(new Response(document, from, to));
        }
        checkTenant(tenant, body);
        checkErrors(document, status, body);
    }

    /** Records an event of a subscription. */
    synchronized void checkTenant(String tenant, String body) {
        Matcher marks = MARK.matcher(body);
        while (marks.find()) {
            if (!marks.group(1).equals(tenant)) {
                violations.add("Tenant %s received data of %s".formatted(tenant, marks.group(1)));
            }
        }
    }

    private void checkErrors(String document, int status, String body) {
        try {
            JsonNode json = JsonMapper.shared().readTree(body);
            boolean isContract = STATUSES.contains(status)
                    && (json.has("data") || json.has("errors"))
                    && Stream.concat(
                                    json.path("errors").valueStream().map(error -> error.path("extensions")),
                                    json.findValues("error").stream().filter(JsonNode::isObject))
                            .allMatch(ResponseRecord::isNamed);
            if (!isContract) {
                violations.add("Not in the contract: %s: %d %s".formatted(document, status, body));
            }
        } catch (JacksonException e) {
            violations.add("Not JSON: %s: %d %s".formatted(document, status, body));
        }
    }

    private static boolean isNamed(JsonNode error) {
        return CODES.contains(error.path("code").asString(""))
                && REASONS.contains(error.path("reason").asString(""));
    }

    synchronized int size() {
        return size;
    }

    /**
     * The violations: responses after the deadline, data of other tenants, undocumented errors, and requests without a
     * response although no gateway was ended.
     */
    synchronized List<String> violations() {
        Stream<String> tooLate = late.stream()
                .filter(response -> response.to - response.from - paused(response) > limit.toNanos())
                .map(response ->
                        "After %d ms: %s".formatted((response.to - response.from) / 1_000_000, response.document));
        Stream<String> unanswered = lost.stream()
                .filter(response -> ends.stream().noneMatch(end -> end.from <= response.to && response.from <= end.to))
                .map(response -> "No response: " + response.document);
        return Stream.of(violations.stream(), tooLate, unanswered)
                .flatMap(all -> all)
                .toList();
    }

    private long paused(Response response) {
        return pauses.stream()
                .mapToLong(pause -> Math.max(0, Math.min(pause.to, response.to) - Math.max(pause.from, response.from)))
                .sum();
    }
}
