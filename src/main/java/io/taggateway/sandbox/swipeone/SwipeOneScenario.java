package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.people.PhoneBook;
import io.taggateway.sandbox.people.PhoneBook.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The initial data of simulated Swipe One: 12 tags and 150 contacts. */
final class SwipeOneScenario {

    private static final int FIRST_CONTACT = 0x1000;
    private static final Duration BETWEEN_CONTACTS = Duration.ofHours(31);

    private SwipeOneScenario() {}

    static SwipeOneStore.StoreState at(Instant now) {
        List<ObjectNode> tags = List.of(
                tag(id(1), "VIP", "#8B5CF6"),
                tag(id(2), "Follow Up", "amber"),
                tag(id(3), "Hot Lead", "tomato"),
                tag(id(4), "Billing", "blue"),
                tag(id(5), "Renewal", "jade"),
                tag(id(6), "Complaint", "red"),
                tag(id(7), "Partner", "gold"),
                tag(id(8), "Newsletter", "sky"),
                tag(id(9), "Customer", "grass"),
                tag(id(10), "Churn Risk", "crimson"),
                tag(id(11), "Trial", "mint"),
                tag(id(12), "Webinar", "#FF5733"));
        Map<String, ObjectNode> tagsById = new LinkedHashMap<>();
        tags.forEach(tag -> tagsById.put(tag.path("_id").asString(), tag));
        List<Person> people = PhoneBook.people();
        Map<String, ContactDocument> contacts = new LinkedHashMap<>();
        for (int i = 0; i < people.size(); i++) {
            Instant created = now.minus(BETWEEN_CONTACTS.multipliedBy(people.size() - i));
            contacts.put(id(FIRST_CONTACT + i), contact(i, people.get(i), tagNames(i, tags), created));
        }
        return new SwipeOneStore.StoreState(tagsById, contacts);
    }

    static String id(int number) {
        return "6682840d9286aa59ee%06x".formatted(number);
    }

    /**
     * A new tag. Its name is the label in lower case, with one underscore for each run of other characters than letters
     * and digits; Swipe One's real rule is not documented.
     */
    static ObjectNode tag(String id, String label, String color) {
        String slug = label.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "_")
                .replaceAll("^_|_$", "");
        return SandboxJson.object()
                .put("_id", id)
                .put("label", label)
                .put("name", slug.isEmpty() ? "tag" : slug)
                .put("workspaceId", SwipeOneOptions.WORKSPACE_ID)
                .put("color", color);
    }

    private static ContactDocument contact(int index, Person person, List<String> tagNames, Instant created) {
        ObjectNode document = SandboxJson.object().put("_id", id(FIRST_CONTACT + index));
        document.put("email", person.email());
        document.put("firstName", person.firstName());
        document.put("lastName", person.lastName());
        if (index % 15 != 14) {
            document.put("fullName", person.fullName());
        }
        addPhone(document, index, person);
        document.set("tags", SandboxJson.texts(tagNames));
        document.put("marketingEmailSubscriptionStatus", index % 7 == 3 ? "unsubscribed" : "subscribed");
        document.put("createdAt", ContactDocument.date(created));
        document.put("updatedAt", ContactDocument.date(created.plus(Duration.ofMinutes(index * 11L % 600))));
        document.put("workspaceId", SwipeOneOptions.WORKSPACE_ID);
        return new ContactDocument(document.put("__v", 0));
    }

    /** Every third number comes in two parts. */
    private static void addPhone(ObjectNode document, int index, Person person) {
        String phone = person.phone();
        if (phone == null) {
            return;
        }
        if (index % 3 != 1) {
            document.put("phone", phone);
            return;
        }
        int codeLength = phone.startsWith("+1") ? 2 : 3;
        document.putObject("phone")
                .put("countryCode", phone.substring(0, codeLength))
                .put("number", phone.substring(codeLength));
    }

    private static List<String> tagNames(int index, List<ObjectNode> tags) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < index * 3 % 5; i++) {
            names.add(tags.get((index * 7 + i * 5) % tags.size()).path("name").asString());
        }
        return List.copyOf(names);
    }
}
