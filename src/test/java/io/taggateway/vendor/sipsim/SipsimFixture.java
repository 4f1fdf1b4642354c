package io.taggateway.vendor.sipsim;

import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxFaultMapper;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SourceFault;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.upstream.http.Credentials;
import io.taggateway.upstream.http.SingleTagAssignments;
import io.taggateway.upstream.http.UpstreamClient.Target;
import io.taggateway.upstream.http.UpstreamFixture;
import java.time.Clock;
import java.time.Duration;

/** SIPSIM's adapters with a simulated SIPSIM. */
final class SipsimFixture implements AutoCloseable {

    private final Sandbox sandbox = Sandbox.start();
    private final UpstreamFixture kit = new UpstreamFixture(Clock.systemUTC());
    private SipsimClient client = client(UpstreamFixture.PATIENCE);

    SandboxVendor<SipsimOptions> vendor() {
        return sandbox.sipsim();
    }

    SipsimTagSource tags() {
        return new SipsimTagSource(client);
    }

    SipsimCallSource calls() {
        return new SipsimCallSource(client, new SipsimMapper(UpstreamFixture.phoneNumbers(null)), kit.clock());
    }

    TagAssignments assignments() {
        return new SingleTagAssignments(Vendor.SIPSIM, calls());
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

    private SipsimClient client(Duration patience) {
        Credentials credentials = Credentials.fixed("Authorization", "Bearer " + SipsimOptions.ACCESS_TOKEN);
        return new SipsimClient(kit.client(
                new Target(Vendor.SIPSIM, vendor().baseUrl(), credentials, UpstreamFixture.settings(patience))));
    }
}
