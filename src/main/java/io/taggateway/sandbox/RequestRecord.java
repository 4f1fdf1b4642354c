package io.taggateway.sandbox;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.SandboxRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The latest requests that a played vendor got, and how many of each path there have been. */
final class RequestRecord {

    /** A sandbox may run for weeks: beyond these bounds the oldest requests go, and further paths share one count. */
    private static final int MOST_REQUESTS = 10_000;

    private static final int MOST_PATHS = 2_000;
    private static final String OTHER_PATHS = "other";

    private final Deque<SandboxRequest> requests = new ArrayDeque<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();

    synchronized void add(SandboxRequest request) {
        if (requests.size() == MOST_REQUESTS) {
            requests.removeFirst();
        }
        requests.addLast(request);
        String path = request.method() + " " + request.path();
        boolean counted = counts.containsKey(path) || counts.size() < MOST_PATHS;
        counts.merge(counted ? path : OTHER_PATHS, 1L, Long::sum);
    }

    synchronized List<SandboxRequest> list() {
        return List.copyOf(requests);
    }

    synchronized void clear() {
        requests.clear();
        counts.clear();
    }

    synchronized ObjectNode summary() {
        ObjectNode json = JsonTrees.object();
        json.put("total", counts.values().stream().mapToLong(Long::longValue).sum());
        ObjectNode paths = json.putObject("requests");
        counts.forEach(paths::put);
        return json;
    }
}
