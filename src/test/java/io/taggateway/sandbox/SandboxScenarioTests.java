package io.taggateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests of the relations between both vendors' data. */
class SandboxScenarioTests {

    private static final String WORKSPACE = "/workspaces/" + SwipeOneOptions.WORKSPACE_ID;

    private final Sandbox sandbox = Sandbox.start();
    private final SandboxCaller sipsim =
            SandboxCaller.of(sandbox.sipsim().baseUrl(), "Authorization", "Bearer " + SipsimOptions.ACCESS_TOKEN);
    private final SandboxCaller swipeone =
            SandboxCaller.of(sandbox.swipeone().baseUrl(), "x-api-key", SwipeOneOptions.API_KEY);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void sixTagsAreSharedByName() {
        List<String> names = texts(sipsim.get("/tags").at("/data"), "name");
        List<String> labels = texts(swipeone.get(WORKSPACE + "/tags").at("/data/tags"), "label");
        assertThat(names)
                .hasSize(14)
                .doesNotHaveDuplicates()
                .contains("Follow-up")
                .doesNotContain("Follow Up");
        assertThat(labels).hasSize(12).doesNotHaveDuplicates().contains("Follow Up");
        names.retainAll(labels);
        assertThat(names).containsExactly("VIP", "Complaint", "Billing", "Hot Lead", "Renewal", "Partner");
    }

    @Test
    void everyTagIsAssigned() {
        JsonNode calls = sipsim.get("/calls?start_time=2000-01-01T00:00:00Z").at("/data");
        Set<String> onCalls = new HashSet<>();
        calls.forEach(call -> onCalls.addAll(texts(call.get("tags"), "name")));
        assertThat(onCalls).hasSize(14);
        Set<String> onContacts = new HashSet<>();
        contacts().forEach(contact -> contact.get("tags").forEach(tag -> onContacts.add(tag.asString())));
        assertThat(onContacts).hasSize(12);
    }

    @Test
    void fortyContactsHaveCalls() {
        JsonNode calls = sipsim.get("/calls?start_time=2000-01-01T00:00:00Z").at("/data");
        List<String> numbers = new ArrayList<>(texts(calls, "caller_number"));
        numbers.addAll(texts(calls, "receiver_number"));
        List<String> phones = phones();
        assertThat(phones).hasSize(120);
        assertThat(phones).filteredOn(numbers::contains).hasSize(40);
        assertThat(new HashSet<>(phones)).hasSize(119);
        assertThat(phones)
                .anyMatch(phone -> numbers.stream().filter(phone::equals).count() > 3);
    }

    @Test
    void allNumbersAreValid() throws NumberParseException {
        JsonNode calls = sipsim.get("/calls?start_time=2000-01-01T00:00:00Z").at("/data");
        Set<String> numbers = new HashSet<>(phones());
        numbers.addAll(texts(calls, "caller_number"));
        numbers.addAll(texts(calls, "receiver_number"));
        PhoneNumberUtil phoneNumbers = PhoneNumberUtil.getInstance();
        for (String number : numbers) {
            assertThat(phoneNumbers.isValidNumber(phoneNumbers.parse(number, null)))
                    .as(number)
                    .isTrue();
        }
    }

    @Test
    void mailAddressesAreReserved() {
        assertThat(texts(contacts(), "email"))
                .hasSize(150)
                .doesNotHaveDuplicates()
                .allMatch(email -> email.matches("[a-z.]+@example\\.(com|org|net)"));
    }

    private JsonNode contacts() {
        return swipeone.get(WORKSPACE + "/contacts?limit=150").at("/data/contacts");
    }

    private List<String> phones() {
        List<String> phones = new ArrayList<>();
        for (JsonNode contact : contacts()) {
            JsonNode phone = contact.path("phone");
            if (phone.isObject()) {
                phones.add(phone.get("countryCode").asString()
                        + phone.get("number").asString());
            } else if (phone.isString()) {
                phones.add(phone.stringValue());
            }
        }
        return phones;
    }

    private static List<String> texts(JsonNode items, String name) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.get(name).asString()));
        return texts;
    }
}
