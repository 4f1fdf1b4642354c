package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.PlayedApi;
import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.Routes;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import java.time.Clock;
import java.util.Map;

/** Swipe One's API, played. */
public final class SwipeOneApi implements PlayedApi<SwipeOneOptions> {

    private static final String BASE = "/api";
    private static final String WORKSPACE = BASE + "/workspaces/*";

    private final SwipeOneStage stage;
    private final SwipeOneBodies bodies;
    private final Routes routes;

    public SwipeOneApi(Clock clock) {
        this.stage = new SwipeOneStage(clock, SwipeOneOptions.defaults());
        this.bodies = new SwipeOneBodies(stage);
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
    public synchronized SandboxReply answer(SandboxRequest request) {
        if (!stage.options().keys().apiKey().equals(request.header("x-api-key"))) {
            return unauthorized();
        }
        try {
            return routes.answer(request);
        } catch (RejectedException rejected) {
            return rejected.status() == 401 ? unauthorized() : bodies.failure(rejected.status(), rejected.reason());
        }
    }

    @Override
    public synchronized SwipeOneOptions options() {
        return stage.options();
    }

    @Override
    public synchronized void options(SwipeOneOptions options) {
        stage.options(options);
    }

    @Override
    public synchronized void reset() {
        stage.reset();
    }

    private Routes routes() {
        SwipeOneTagDesk tags = new SwipeOneTagDesk(stage, bodies);
        SwipeOneContactDesk contacts = new SwipeOneContactDesk(stage, bodies);
        return new Routes()
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

    private Routes.Handler inWorkspace(Routes.Handler handler) {
        return (request, ids) -> {
            if (!ids.getFirst().equals(stage.options().keys().workspaceId())) {
                throw new RejectedException(401, "Unauthorized");
            }
            return handler.answer(request, ids);
        };
    }

    private SandboxReply unauthorized() {
        return stage.options().has(SwipeOneQuirk.UNAUTHORIZED_IN_HTML)
                ? SandboxReply.html(401)
                : bodies.failure(401, "Unauthorized");
    }
}
