package io.taggateway.vendor.sipsim;

import io.taggateway.sandbox.PlayedBreakdown;
import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.Breakdown;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.upstream.http.Credentials;
import io.taggateway.upstream.http.SingleTagAssignments;
import io.taggateway.upstream.http.UpstreamClient.Target;
import io.taggateway.upstream.http.UpstreamKit;
import java.time.Clock;
import java.time.Duration;

/** SIPSIM's adapters with a simulated SIPSIM. */
final class SipsimStand implements AutoCloseable {

    private final Sandbox sandbox = Sandbox.start();
    private final UpstreamKit kit = new UpstreamKit(Clock.systemUTC());
    private SipsimClient client = client(UpstreamKit.PATIENCE);

    SandboxVendor<SipsimOptions> vendor() {
        return sandbox.sipsim();
    }

    SipsimTagSource tags() {
        return new SipsimTagSource(client);
    }

    SipsimCallSource calls() {
        return new SipsimCallSource(client, new SipsimMapper(UpstreamKit.phoneNumbers(null)), kit.clock());
    }

    TagAssignments assignments() {
        return new SingleTagAssignments(Vendor.SIPSIM, calls());
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

    private SipsimClient client(Duration patience) {
        Credentials credentials = Credentials.fixed("Authorization", "Bearer " + SipsimOptions.ACCESS_TOKEN);
        return new SipsimClient(
                kit.client(new Target(Vendor.SIPSIM, vendor().baseUrl(), credentials, UpstreamKit.settings(patience))));
    }
}
