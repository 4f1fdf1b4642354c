package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.source.CallSource;
import io.taggateway.tagging.source.CallSourceContract;
import io.taggateway.tagging.source.SourceFault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

/** Tests that SIPSIM's calls conform to the contract of the port. */
class SipsimCallSourceContractTests extends CallSourceContract {

    private final SipsimFixture fixture = new SipsimFixture();
    private final Instant beginning = Instant.now().minus(Duration.ofDays(90));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    protected CallSource source() {
        return fixture.calls();
    }

    @Override
    protected Instant beginning() {
        return beginning;
    }

    @Override
    protected int size() {
        return 400;
    }

    @Override
    protected String employeeId() {
        return "101";
    }

    @Override
    protected void breakDown(SourceFault breakdown) {
        fixture.breakDown(breakdown);
    }
}
