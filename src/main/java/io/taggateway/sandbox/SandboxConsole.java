package io.taggateway.sandbox;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.Routes;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;

/** The paths under {@code /sandbox}, with which a demo sets faults and counts requests. */
final class SandboxConsole {

    private final PendingFaults faults;
    private final Routes routes;

    SandboxConsole(PendingFaults faults, RequestRecord requests) {
        this.faults = faults;
        this.routes = new Routes()
                .add("PUT", "/sandbox/fault", (request, ids) -> put(request))
                .add("DELETE", "/sandbox/fault", (request, ids) -> delete())
                .add("GET", "/sandbox/requests", (request, ids) -> SandboxReply.json(200, requests.summary()));
    }

    static boolean owns(SandboxRequest request) {
        return request.path().equals("/sandbox") || request.path().startsWith("/sandbox/");
    }

    SandboxReply answer(SandboxRequest request) {
        try {
            return routes.answer(request);
        } catch (RejectedException rejected) {
            return SandboxReply.json(rejected.status(), JsonTrees.object().put("error", rejected.reason()));
        }
    }

    private SandboxReply put(SandboxRequest request) {
        faults.replace(FaultJson.read(request.body()));
        return SandboxReply.empty(204);
    }

    private SandboxReply delete() {
        faults.clear();
        return SandboxReply.empty(204);
    }
}
