package io.taggateway.vendor.swipeone;

import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxFaultMapper;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SourceFault;
import io.taggateway.upstream.guard.LocalKeyedLock;
import io.taggateway.upstream.http.Credentials;
import io.taggateway.upstream.http.UpstreamClient.Target;
import io.taggateway.upstream.http.UpstreamFixture;
import java.time.Clock;
import java.time.Duration;

/** Swipe One's adapters with a simulated Swipe One. */
final class SwipeOneFixture implements AutoCloseable {

    private final Sandbox sandbox = Sandbox.start();
    private final UpstreamFixture kit = new UpstreamFixture(Clock.systemUTC());
    private SwipeOneClient client = client(UpstreamFixture.PATIENCE);

    SandboxVendor<SwipeOneOptions> vendor() {
        return sandbox.swipeone();
    }

    SwipeOneTagSource tags() {
        return new SwipeOneTagSource(client, SwipeOneProperties.ColorFormat.NAME);
    }

    SwipeOneContactSource contacts() {
        return new SwipeOneContactSource(client, new SwipeOneMapper(UpstreamFixture.phoneNumbers(null)), kit.clock());
    }

    SwipeOneTagAssignments assignments() {
        return new SwipeOneTagAssignments(client, contacts(), tags(), new LocalKeyedLock(Vendor.SWIPEONE), kit.clock());
    }

    /** Makes the vendor fail. The time limit is short if it does not respond. */
    void breakDown(SourceFault breakdown) {
        if (breakdown == SourceFault.SILENCE) {
            client = client(UpstreamFixture.IMPATIENCE);
        }
        vendor().fail(SandboxFaultMapper.of(breakdown));
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
                UpstreamFixture.settings(patience));
        return new SwipeOneClient(kit.client(target), SwipeOneOptions.WORKSPACE_ID);
    }
}
