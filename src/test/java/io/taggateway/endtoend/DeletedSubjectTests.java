package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.support.MutationResponse;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of calls and contacts that another program deletes between the gateway's read and its write. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SlowTest
class DeletedSubjectTests {

    private static final String CALL_PATH = "/calls/100399";
    private static final String CALL = "sipsim:call:100399";
    private static final String OTHER_CALL = "sipsim:call:100398";
    private static final String CONTACT_PATH = "/contacts/6682840d9286aa59ee001001";
    private static final String CONTACT = "swipeone:contact:6682840d9286aa59ee001001";

    private final InterceptedGateway intercepted = new InterceptedGateway();
    private final SandboxedGateway gateway = intercepted.gateway();

    @AfterAll
    void close() {
        intercepted.close();
    }

    @BeforeEach
    void startAnew() {
        gateway.expireCaches();
        intercepted.sipsim().removeActions();
        intercepted.swipeone().removeActions();
        gateway.sandbox().vendors().forEach(vendor -> {
            vendor.restore();
            vendor.reset();
            vendor.clearRequests();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"addTags Spam", "removeTags Billing", "setTags Spam"})
    void callIsNotFoundWhenItIsDeletedBeforeTheWrite(String change) {
        deleteAfterLookUp(intercepted.sipsim(), gateway.sandbox().sipsim(), "/api/v2", CALL_PATH);
        assertNotFound(change, CALL);
        assertThat(gateway.records().writes()).isNotEmpty().allMatch(write -> write.contains(CALL_PATH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"addTags Trial", "removeTags VIP", "setTags Trial"})
    void contactIsNotFoundWhenItIsDeletedBeforeTheWrite(String change) {
        deleteAfterLookUp(intercepted.swipeone(), gateway.sandbox().swipeone(), "/api", CONTACT_PATH);
        assertNotFound(change, CONTACT);
        assertThat(gateway.records().writes()).isNotEmpty().allMatch(write -> write.contains(CONTACT_PATH));
    }

    @Test
    void othersAreTaggedWhenOneIsDeletedBeforeTheWrite() {
        deleteAfterLookUp(intercepted.sipsim(), gateway.sandbox().sipsim(), "/api/v2", CALL_PATH);
        MutationResponse written = MutationResponse.of(
                gateway.url(),
                "tagSubjects(input: {subjectIds: [\"" + CALL + "\", \"" + OTHER_CALL
                        + "\"], add: [{name: \"Spam\"}]})");
        assertThat(written.results())
                .containsExactly(CALL + " FAILED NOT_FOUND@input.subjectIds", OTHER_CALL + " UPDATED +Spam");
        assertThat(written.errors()).isEmpty();
    }

    private static void deleteAfterLookUp(InterceptingProxy proxy, SandboxVendor<?> vendor, String base, String path) {
        proxy.after("GET", path, () -> vendor.fail(Fault.status(404).on("", base + path)));
    }

    private void assertNotFound(String change, String subject) {
        String[] words = change.split(" ", -1);
        MutationResponse written = MutationResponse.of(
                gateway.url(),
                words[0] + "(input: {subjectId: \"" + subject + "\", tags: [{name: \"" + words[1] + "\"}]})");
        assertThat(written.result()).isEqualTo(subject + " FAILED NOT_FOUND@input.subjectId");
        assertThat(written.errors()).isEmpty();
    }
}
