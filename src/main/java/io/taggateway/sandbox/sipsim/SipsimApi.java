package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.RouteTable;
import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import io.taggateway.sandbox.http.SimulatedApi;
import java.time.Clock;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Simulates SIPSIM's API version 2. */
public final class SipsimApi extends SimulatedApi<SipsimOptions> {

    private static final String BASE = "/api/v2";

    private final SipsimStore store;
    private final SipsimJson bodies;
    private final SipsimTokenEndpoint tokens;
    private final RouteTable routes;

    public SipsimApi(Clock clock) {
        super(SipsimOptions.defaults());
        this.store = new SipsimStore(clock, this::options);
        this.bodies = new SipsimJson(store);
        this.tokens = new SipsimTokenEndpoint(store);
        this.routes = routes();
    }

    @Override
    public String name() {
        return "sipsim";
    }

    @Override
    public Map<String, String> credentials() {
        return Map.of("access-token", SipsimOptions.ACCESS_TOKEN);
    }

    @Override
    public String basePath() {
        return BASE;
    }

    @Override
    protected SandboxReply handle(SandboxRequest request) {
        try {
            return routes.handle(request);
        } catch (RejectedException rejected) {
            return bodies.error(rejected.status(), rejected.reason(), request.path());
        }
    }

    @Override
    protected void resetData() {
        store.reset();
        tokens.reset();
    }

    private RouteTable routes() {
        ObjectNode account = SandboxJson.object()
                .put("id", 12345)
                .put("company_name", "Sandbox Telecom")
                .put("email", "office@example.com");
        SipsimPagination pages = new SipsimPagination(store, bodies);
        SipsimTagEndpoints tags = new SipsimTagEndpoints(store, bodies, pages);
        SipsimCallEndpoints calls = new SipsimCallEndpoints(store, bodies, pages, tags);
        return new RouteTable()
                .add("POST", "/oauth/token", tokens::issue)
                .add("GET", BASE + "/account", scoped("account.read", (request, ids) -> bodies.success(200, account)))
                .add("GET", BASE + "/tags", scoped("tags.read", tags::list))
                .add("POST", BASE + "/tags", scoped("tags.write", tags::create))
                .add("PATCH", BASE + "/tags/*", scoped("tags.write", tags::update))
                .add("DELETE", BASE + "/tags/*", scoped("tags.write", tags::delete))
                .add("GET", BASE + "/calls", scoped("calls.read", calls::list))
                .add("GET", BASE + "/calls/*", scoped("calls.read", calls::get))
                .add("GET", BASE + "/calls/*/tags", scoped("calls.read", calls::listTags))
                .add("PUT", BASE + "/calls/*/tags/*", scoped("calls.tags.write", calls::assign))
                .add("DELETE", BASE + "/calls/*/tags/*", scoped("calls.tags.write", calls::unassign));
    }

    private RouteTable.Handler scoped(String scope, RouteTable.Handler handler) {
        return (request, ids) -> {
            tokens.check(request, scope);
            return handler.handle(request, ids);
        };
    }
}
