package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.RouteTable;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import io.taggateway.sandbox.http.SimulatedApi;
import io.taggateway.sandbox.swipeone.SwipeOneOptions.SwipeOneQuirk;
import java.time.Clock;
import java.util.Map;

/** Simulates Swipe One's API. */
public final class SwipeOneApi extends SimulatedApi<SwipeOneOptions> {

    private static final String BASE = "/api";
    private static final String WORKSPACE = BASE + "/workspaces/*";

    private final SwipeOneStore store;
    private final RouteTable routes;

    public SwipeOneApi(Clock clock) {
        super(SwipeOneOptions.defaults());
        this.store = new SwipeOneStore(clock, this::options);
        this.routes = routes();
    }

    @Override
    public String name() {
        return "swipeone";
    }

    @Override
    public Map<String, String> credentials() {
        return Map.of("api-key", SwipeOneOptions.API_KEY, "workspace-id", SwipeOneOptions.WORKSPACE_ID);
    }

    @Override
    public String basePath() {
        return BASE;
    }

    @Override
    protected SandboxReply handle(SandboxRequest request) {
        try {
            if (!SwipeOneOptions.API_KEY.equals(request.header("x-api-key"))) {
                throw new RejectedException(401, "Unauthorized");
            }
            return routes.handle(request);
        } catch (RejectedException rejected) {
            boolean html = rejected.status() == 401 && options().has(SwipeOneQuirk.UNAUTHORIZED_IN_HTML);
            String word = options().has(SwipeOneQuirk.ERROR_ENVELOPE) ? "error" : "fail";
            return html ? SandboxReply.html(401) : SwipeOneJson.message(rejected.status(), word, rejected.reason());
        }
    }

    @Override
    protected void resetData() {
        store.reset();
    }

    private RouteTable routes() {
        SwipeOneTagEndpoints tags = new SwipeOneTagEndpoints(store);
        SwipeOneContactEndpoints contacts = new SwipeOneContactEndpoints(store);
        return new RouteTable()
                .add("GET", WORKSPACE + "/tags", inWorkspace(tags::list))
                .add("POST", WORKSPACE + "/tags", inWorkspace(tags::create))
                .add("GET", WORKSPACE + "/contacts", inWorkspace(contacts::list))
                .add("POST", WORKSPACE + "/contacts", inWorkspace(contacts::upsert))
                .add("POST", WORKSPACE + "/contacts/search", inWorkspace(contacts::search))
                .add("GET", BASE + "/tags/*", tags::get)
                .add("PATCH", BASE + "/tags/*", tags::update)
                .add("DELETE", BASE + "/tags/*", tags::delete)
                .add("GET", BASE + "/tags/*/contacts", tags::listContacts)
                .add("GET", BASE + "/contacts/*", contacts::get)
                .add("POST", BASE + "/contacts/*/tags", tags::assign);
    }

    private static RouteTable.Handler inWorkspace(RouteTable.Handler handler) {
        return (request, ids) -> {
            if (!ids.getFirst().equals(SwipeOneOptions.WORKSPACE_ID)) {
                throw new RejectedException(401, "Unauthorized");
            }
            return handler.handle(request, ids);
        };
    }
}
