package io.taggateway.vendor.swipeone;

import io.taggateway.sandbox.PlayedBreakdown;
import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.Breakdown;
import io.taggateway.upstream.http.Credentials;
import io.taggateway.upstream.http.UpstreamClient.Target;
import io.taggateway.upstream.http.UpstreamKit;
import java.time.Clock;
import java.time.Duration;

/** Swipe One's adapters with a simulated Swipe One. */
final class SwipeOneStand implements AutoCloseable {

    private final Sandbox sandbox = Sandbox.start();
    private final UpstreamKit kit = new UpstreamKit(Clock.systemUTC());
    private SwipeOneClient client = client(UpstreamKit.PATIENCE);

    SandboxVendor<SwipeOneOptions> vendor() {
        return sandbox.swipeone();
    }

    SwipeOneTagSource tags() {
        return new SwipeOneTagSource(client, SwipeOneProperties.ColorFormat.NAME);
    }

    SwipeOneContactSource contacts() {
        return new SwipeOneContactSource(client, new SwipeOneMapper(UpstreamKit.phoneNumbers(null)), kit.clock());
    }

    SwipeOneTagAssignments assignments() {
        return new SwipeOneTagAssignments(client, contacts(), tags());
    }

    /** Makes the vendor fail. The time limit is short if it does not respond. */
    void breakDown(Breakdown breakdown) {
        if (breakdown == Breakdown.SILENCE) {
            client = client(UpstreamKit.IMPATIENCE);
        }
        vendor().fail(PlayedBreakdown.of(breakdown));
    }

    @Override
    public void close() {
        kit.close();
        sandbox.close();
    }

    private SwipeOneClient client(Duration patience) {
        Target target = new Target(
                Vendor.SWIPEONE,
                vendor().baseUrl(),
                Credentials.fixed("x-api-key", SwipeOneOptions.API_KEY),
                UpstreamKit.settings(patience));
        return new SwipeOneClient(kit.client(target), SwipeOneOptions.WORKSPACE_ID);
    }
}
