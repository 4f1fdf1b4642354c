package io.taggateway.sandbox.http;

import java.util.Map;

/**
 * The simulated API of one vendor. It handles one request at a time.
 *
 * @param <O> the options, which change how the vendor behaves
 */
public abstract class SimulatedApi<O> {

    private O options;

    protected SimulatedApi(O options) {
        this.options = options;
    }

    /** The name in the vendor's settings, such as {@code sipsim}. */
    public abstract String name();

    /** The accepted credentials by the names of their settings. */
    public abstract Map<String, String> credentials();

    /** The path of the API on its host, such as {@code /api}. */
    public abstract String basePath();

    protected abstract SandboxReply handle(SandboxRequest request);

    protected abstract void resetData();

    /** Handles a request; a failure is a reply too. */
    public final synchronized SandboxReply respondTo(SandboxRequest request) {
        return handle(request);
    }

    public final synchronized O options() {
        return options;
    }

    public final synchronized void options(O changed) {
        options = changed;
    }

    /** Restores the initial data and revokes issued tokens; the options stay. */
    public final synchronized void reset() {
        resetData();
    }
}
