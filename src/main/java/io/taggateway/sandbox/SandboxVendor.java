package io.taggateway.sandbox;

import io.taggateway.sandbox.http.PlayedApi;
import io.taggateway.sandbox.http.SandboxRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One played vendor, as its tests and its audience handle it.
 *
 * @param <O> the vendor's options
 */
public final class SandboxVendor<O> {

    private final PlayedApi<O> api;
    private final SandboxServer server;
    private final O initialOptions;

    SandboxVendor(PlayedApi<O> api, SandboxServer server) {
        this.api = api;
        this.server = server;
        this.initialOptions = api.options();
    }

    /** The name that the vendor's settings have. */
    public String name() {
        return api.name();
    }

    /** The settings with which this vendor is reached. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(api.credentials());
        settings.put("base-url", baseUrl());
        return settings;
    }

    /** Answers the server's root, under which {@code /sandbox} lies, and SIPSIM's {@code /oauth/token}. */
    public String origin() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Answers where the vendor's API lies, without a slash at the end. */
    public String baseUrl() {
        return origin() + api.basePath();
    }

    /** Answers the latest 10,000 requests to the vendor's API in the order of their arrival, failed ones included. */
    public List<SandboxRequest> requests() {
        return server.requests().list();
    }

    /** Forgets the recorded requests. */
    public void forget() {
        server.requests().clear();
    }

    /** Adds a fault; of several that fit a request, the one added first strikes. */
    public void fail(Fault fault) {
        server.faults().add(fault);
    }

    /** Takes all faults away; answers that hang already go on hanging. */
    public void heal() {
        server.faults().clear();
    }

    public O options() {
        return api.options();
    }

    public void options(O options) {
        api.options(options);
    }

    /** Takes faults away and puts the options back to the start. */
    public void repair() {
        heal();
        api.options(initialOptions);
    }

    /** Puts the data back to the start and forgets issued tokens; options, faults and recorded requests stay. */
    public void reset() {
        api.reset();
    }
}
