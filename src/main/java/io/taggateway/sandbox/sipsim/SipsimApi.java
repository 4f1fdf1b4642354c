package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.PlayedApi;
import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.Routes;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** SIPSIM's API version 2, played. */
public final class SipsimApi implements PlayedApi<SipsimOptions> {

    private static final String BASE = "/api/v2";

    private final SipsimStage stage;
    private final SipsimBodies bodies;
    private final SipsimTokenDesk tokens;
    private final Routes routes;

    public SipsimApi(Clock clock) {
        this.stage = new SipsimStage(clock, SipsimOptions.defaults());
        this.bodies = new SipsimBodies(stage);
        this.tokens = new SipsimTokenDesk(stage);
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
    public synchronized SandboxReply answer(SandboxRequest request) {
        try {
            return routes.answer(request);
        } catch (RejectedException rejected) {
            return bodies.error(rejected.status(), rejected.reason(), request.path());
        }
    }

    @Override
    public synchronized SipsimOptions options() {
        return stage.options();
    }

    @Override
    public synchronized void options(SipsimOptions options) {
        stage.options(options);
    }

    @Override
    public synchronized void reset() {
        stage.reset();
        tokens.reset();
    }

    private Routes routes() {
        SipsimTagDesk tags = new SipsimTagDesk(stage, bodies);
        SipsimCallDesk calls = new SipsimCallDesk(stage, bodies, tags);
        return new Routes()
                .add("POST", "/oauth/token", (request, ids) -> tokens.issue(request))
                .add("GET", BASE + "/account", scoped("account.read", this::account))
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

    private Routes.Handler scoped(String scope, Routes.Handler handler) {
        return (request, ids) -> {
            tokens.check(request, scope);
            return handler.answer(request, ids);
        };
    }

    private SandboxReply account(SandboxRequest request, List<String> ids) {
        return bodies.success(
                200,
                JsonTrees.object()
                        .put("id", 12345)
                        .put("company_name", "Sandbox Telecom")
                        .put("email", "office@example.com"));
    }
}
