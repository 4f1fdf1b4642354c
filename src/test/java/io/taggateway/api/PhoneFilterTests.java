package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the filter for phone numbers in any notation. */
@GatewayTest
class PhoneFilterTests {

    private static final String BRUNO = "swipeone:contact:6682840d9286aa59ee001001";
    private static final String NUMBER = "+33261911001";

    private final TestGateway gateway;

    PhoneFilterTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+33261911001",
                "+33 2 61 91 10 01",
                " +33 (0)2 61-91-10-01 ",
                "0033 2.61.91.10.01",
                "33261911001",
                "tel:+33-2-61-91-10-01"
            })
    void callsAndContactsOfNumberAreFoundInAnyNotation(String phone) {
        List<String> contacts = gateway.texts(
                "{ contacts(filter: {phone: \"%s\"}) { nodes { id } } }".formatted(phone), "contacts.nodes[*].id");
        assertThat(contacts).containsExactly(BRUNO);
        List<String> calls = calls("phone: \"%s\"".formatted(phone));
        assertThat(calls).isNotEmpty().isEqualTo(ofContact());
    }

    @Test
    void phoneFilterIsCombinedWithOtherFilters() {
        assertThat(contacts("phone: \"%s\", tag: {slug: \"vip\"}")).containsExactly(BRUNO);
        assertThat(contacts("phone: \"%s\", tag: {slug: \"partner\"}")).isEmpty();
        assertThat(contacts("phone: \"%s\", search: \"bern\"")).containsExactly(BRUNO);
        assertThat(contacts("phone: \"%s\", search: \"martin\"")).isEmpty();
        assertThat(calls("phone: \"" + NUMBER + "\", types: [VOICEMAIL, MISSED]"))
                .isNotEqualTo(calls("phone: \"" + NUMBER + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+33 2 61 91 10 01", "02 61 91 10 01", "261911001"})
    void searchOfContactsCoversPhoneNumbers(String search) {
        assertThat(gateway.texts(
                        "{ contacts(filter: {search: \"%s\"}) { nodes { id } } }".formatted(search),
                        "contacts.nodes[*].id"))
                .containsExactly(BRUNO);
    }

    @Test
    void namesAreSearchedWhenDigitsAreNoPhoneNumber() {
        assertThat(gateway.texts(
                        "{ contacts(filter: {search: \"999999999\"}) { nodes { id } } }", "contacts.nodes[*].id"))
                .isEmpty();
        String workspace = "/workspaces/5a4db0c0ffee5a4db0c0ffee/contacts";
        assertThat(TestGateway.requests(gateway.swipeone()))
                .containsExactly("POST " + workspace + "/search", "GET " + workspace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "01 99 00 10 00", "2025550106", "12", ""})
    void invalidPhoneNumberIsRefusedBeforeAnyVendorRequest(String phone) {
        for (String field : List.of("calls", "contacts")) {
            assertThat(gateway.errors("{ %s(filter: {phone: \"%s\"}) { nodes { id } } }".formatted(field, phone)))
                    .singleElement()
                    .satisfies(
                            error -> assertThat(error.getMessage()).startsWith("`phone` must be a valid phone number"));
        }
        assertThat(gateway.requestCount()).isZero();
    }

    @Test
    void phoneAndSearchOfCallsAreRefusedTogether() {
        assertThat(gateway.errors(
                        "{ calls(filter: {phone: \"%s\", search: \"x\"}) { nodes { id } } }".formatted(NUMBER)))
                .singleElement()
                .satisfies(error -> assertThat(error.getMessage()).isEqualTo("Give `phone` or `search`, not both."));
    }

    @Test
    void failedVendorIsAnErrorAndAFailedSource() {
        gateway.swipeone().fail(Fault.status(500));
        gateway.execute("{ contacts(filter: {phone: \"%s\"}) { nodes { id } sources { vendor status } } }"
                        .formatted(NUMBER))
                .errors()
                .satisfy(errors -> assertThat(errors)
                        .singleElement()
                        .satisfies(error -> assertThat(error.getPath()).isEqualTo("contacts")))
                .path("contacts")
                .matchesJson("{\"nodes\": [], \"sources\": [{\"vendor\": \"SWIPEONE\", \"status\": \"FAILED\"}]}");
    }

    private List<String> contacts(String filter) {
        String document = "{ contacts(filter: {" + filter.formatted(NUMBER) + "}) { nodes { id } } }";
        return gateway.texts(document, "contacts.nodes[*].id");
    }

    private List<String> calls(String filter) {
        return gateway.texts(
                "{ calls(first: 1000, filter: {startedAfter: \"2020-01-01T00:00:00Z\", " + filter
                        + "}) { nodes { id } } }",
                "calls.nodes[*].id");
    }

    private List<String> ofContact() {
        return gateway.texts(
                "{ contact(id: \"" + BRUNO
                        + "\") { calls(first: 1000, filter: {startedAfter: \"2020-01-01T00:00:00Z\"}) { nodes { id } }"
                        + " } }",
                "contact.calls.nodes[*].id");
    }
}
