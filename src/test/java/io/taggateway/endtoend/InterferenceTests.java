package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.VendorRecordClient;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests of another program that changes a contact's tags during the gateway's own change. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SlowTest
class InterferenceTests {

    private static final String ID = "6682840d9286aa59ee001001";
    private static final String CONTACT = "swipeone:contact:" + ID;
    private static final String READ = "/contacts/" + ID;
    private static final String WRITE = READ + "/tags";

    private final AtomicReference<InterceptingProxy> made = new AtomicReference<>();
    private final SandboxedGateway gateway = SandboxedGateway.startBehind(sandbox -> {
        made.set(new InterceptingProxy(sandbox.swipeone().origin()));
        return Map.of("SWIPEONE_BASE_URL", made.get().origin() + "/api");
    });
    private final InterceptingProxy interloper = made.get();
    private final VendorRecordClient records = gateway.records();

    @AfterAll
    void close() {
        gateway.close();
        interloper.close();
    }

    @BeforeEach
    void startAnew() {
        gateway.expireCaches();
        gateway.sandbox().swipeone().reset();
        gateway.sandbox().swipeone().clearRequests();
    }

    @Test
    void tagIsAssignedWhenAnotherProgramWritesAfterTheRead() {
        interloper.after("GET", READ, () -> records.tagContact(ID, "newsletter", "vip", "complaint", "webinar"));
        assertThat(change("addTags", "Trial").result()).isEqualTo(CONTACT + " UPDATED +Trial");
        assertThat(records.contactTags(ID)).contains("newsletter", "vip", "complaint", "trial");
    }

    @Test
    void lostAdditionIsRepeatedWithTheOtherProgramsTags() {
        interloper.after("POST", WRITE, () -> records.tagContact(ID, "vip", "webinar"));
        assertThat(change("addTags", "Trial").result()).isEqualTo(CONTACT + " UPDATED +Trial");
        assertThat(records.contactTags(ID)).containsExactlyInAnyOrder("vip", "webinar", "trial");
    }

    @Test
    void undoneRemovalIsRepeatedWithTheOtherProgramsTags() {
        interloper.after("POST", WRITE, () -> records.tagContact(ID, "vip", "webinar"));
        assertThat(change("removeTags", "VIP").result()).isEqualTo(CONTACT + " UPDATED -VIP");
        assertThat(records.contactTags(ID)).containsExactly("webinar");
    }

    @Test
    void lostSetIsRepeated() {
        interloper.after("POST", WRITE, () -> records.tagContact(ID, "newsletter", "vip", "complaint", "webinar"));
        assertThat(change("setTags", "Trial").result())
                .isEqualTo(CONTACT + " UPDATED +Trial -Complaint -Newsletter -VIP");
        assertThat(records.contactTags(ID)).containsExactlyInAnyOrder("webinar", "trial");
    }

    @Test
    void laterAdditionByAnotherProgramIsKept() {
        interloper.after(
                "POST", WRITE, () -> records.tagContact(ID, "newsletter", "vip", "complaint", "trial", "webinar"));
        MutationResponse written = change("addTags", "Trial");
        assertThat(written.result()).isEqualTo(CONTACT + " UPDATED +Trial");
        assertThat(written.texts("/subject/tags", "name")).contains("Webinar", "Trial");
        assertThat(records.contactTags(ID)).contains("trial", "webinar");
    }

    @Test
    void returnsConflictWhenAChangeIsLostRepeatedly() {
        for (int i = 0; i < 20; i++) {
            interloper.after("POST", WRITE, () -> records.tagContact(ID, "vip"));
        }
        MutationResponse written = change("addTags", "Trial");
        assertThat(written.result()).isEqualTo(CONTACT + " FAILED CONFLICT@input");
        assertThat(written.userErrors()).containsExactly("CONFLICT@input");
        assertThat(written.errors()).isEmpty();
        assertThat(written.texts("/subject/tags", "name")).containsExactly("VIP");
        assertThat(records.contactTags(ID)).containsExactly("vip");
        assertThat(records.writes().size()).isBetween(4, 10);
        interloper.removeActions();
    }

    @Test
    void writeOfAnotherProgramIsKeptAfterALostResponse() {
        gateway.sandbox().swipeone().fail(Fault.status(503).times(1).on("POST", "/api" + WRITE));
        interloper.after("POST", WRITE, () -> records.tagContact(ID, "vip", "webinar"));
        assertThat(change("addTags", "Trial").result()).isEqualTo(CONTACT + " UPDATED +Trial");
        assertThat(records.contactTags(ID)).containsExactlyInAnyOrder("vip", "webinar", "trial");
    }

    private MutationResponse change(String mutation, String tag) {
        return MutationResponse.of(
                gateway.url(), mutation + "(input: {subjectId: \"" + CONTACT + "\", tags: [{name: \"" + tag + "\"}]})");
    }
}
