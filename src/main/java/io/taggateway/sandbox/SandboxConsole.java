package io.taggateway.sandbox;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.RouteTable;
import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The pending faults of a simulated vendor, its received requests, and the endpoints for both. */
final class SandboxConsole {

    /** Beyond these bounds, the oldest requests are dropped, and further paths share one counter. */
    private static final int MOST_REQUESTS = 10_000;

    private static final int MOST_PATHS = 2_000;

    private final List<Fault> faults = new ArrayList<>();
    private final Deque<SandboxRequest> requests = new ArrayDeque<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final RouteTable routes = new RouteTable()
            .add("PUT", "/sandbox/fault", (request, ids) -> replaceFaults(request))
            .add("DELETE", "/sandbox/fault", (request, ids) -> deleteFaults())
            .add("GET", "/sandbox/requests", (request, ids) -> SandboxReply.json(200, summary()));

    static boolean owns(SandboxRequest request) {
        return request.path().equals("/sandbox") || request.path().startsWith("/sandbox/");
    }

    synchronized SandboxReply handle(SandboxRequest request) {
        try {
            return routes.handle(request);
        } catch (RejectedException rejected) {
            return SandboxReply.json(rejected.status(), SandboxJson.object().put("error", rejected.reason()));
        }
    }

    /** Records a request, and returns the oldest fault that affects it after counting it down. */
    synchronized @Nullable Fault record(SandboxRequest request) {
        if (requests.size() == MOST_REQUESTS) {
            requests.removeFirst();
        }
        requests.addLast(request);
        String path = request.method() + " " + request.path();
        boolean counted = counts.containsKey(path) || counts.size() < MOST_PATHS;
        counts.merge(counted ? path : "other", 1L, Long::sum);
        return takeFault(request);
    }

    synchronized List<SandboxRequest> requests() {
        return List.copyOf(requests);
    }

    synchronized void clearRequests() {
        requests.clear();
        counts.clear();
    }

    synchronized void addFault(Fault fault) {
        faults.add(fault);
    }

    synchronized void clearFaults() {
        faults.clear();
    }

    private @Nullable Fault takeFault(SandboxRequest request) {
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            if (fault.affects(request.method(), request.path())) {
                if (fault.times() == 1) {
                    faults.remove(i);
                } else if (fault.times() > 1) {
                    faults.set(i, fault.times(fault.times() - 1));
                }
                return fault;
            }
        }
        return null;
    }

    private SandboxReply replaceFaults(SandboxRequest request) {
        Fault fault = FaultJson.read(request.body());
        faults.clear();
        faults.add(fault);
        return SandboxReply.empty(204);
    }

    private SandboxReply deleteFaults() {
        faults.clear();
        return SandboxReply.empty(204);
    }

    private ObjectNode summary() {
        ObjectNode json = SandboxJson.object();
        json.put("total", counts.values().stream().mapToLong(Long::longValue).sum());
        counts.forEach(json.putObject("requests")::put);
        return json;
    }
}
