package io.taggateway.sandbox.swipeone;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.people.Person;
import io.taggateway.sandbox.people.PhoneBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The data that played Swipe One starts with: 12 tags and 150 contacts. */
final class SwipeOneScenario {

    private static final int FIRST_CONTACT = 0x1000;
    private static final Duration BETWEEN_CONTACTS = Duration.ofHours(31);

    private SwipeOneScenario() {}

    static SwipeOneState at(Instant now) {
        List<SwipeOneTagRow> tags = List.of(
                tag(1, "VIP", "#8B5CF6"),
                tag(2, "Follow Up", "amber"),
                tag(3, "Hot Lead", "tomato"),
                tag(4, "Billing", "blue"),
                tag(5, "Renewal", "jade"),
                tag(6, "Complaint", "red"),
                tag(7, "Partner", "gold"),
                tag(8, "Newsletter", "sky"),
                tag(9, "Customer", "grass"),
                tag(10, "Churn Risk", "crimson"),
                tag(11, "Trial", "mint"),
                tag(12, "Webinar", "#FF5733"));
        List<Person> people = PhoneBook.people();
        List<SwipeOneContactRow> contacts = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            Instant created = now.minus(BETWEEN_CONTACTS.multipliedBy(people.size() - i));
            contacts.add(new SwipeOneContactRow(contact(i, people.get(i), tagNames(i, tags), created)));
        }
        return new SwipeOneState(tags, List.copyOf(contacts), FIRST_CONTACT + people.size());
    }

    private static SwipeOneTagRow tag(int number, String label, String color) {
        return new SwipeOneTagRow(SwipeOneState.id(number), label, PlayedSlug.of(label), color);
    }

    private static ObjectNode contact(int index, Person person, List<String> tagNames, Instant created) {
        ObjectNode document = JsonTrees.object().put("_id", SwipeOneState.id(FIRST_CONTACT + index));
        document.put("email", person.email());
        document.put("firstName", person.firstName());
        document.put("lastName", person.lastName());
        if (index % 15 != 14) {
            document.put("fullName", person.fullName());
        }
        addPhone(document, index, person);
        document.set("tags", JsonTrees.texts(tagNames));
        document.put("marketingEmailSubscriptionStatus", index % 7 == 3 ? "unsubscribed" : "subscribed");
        document.put("createdAt", SwipeOneContactRow.date(created));
        document.put("updatedAt", SwipeOneContactRow.date(created.plus(Duration.ofMinutes(index * 11L % 600))));
        document.put("workspaceId", SwipeOneOptions.WORKSPACE_ID);
        return document.put("__v", 0);
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

    private static List<String> tagNames(int index, List<SwipeOneTagRow> tags) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < index * 3 % 5; i++) {
            names.add(tags.get((index * 7 + i * 5) % tags.size()).name());
        }
        return List.copyOf(names);
    }
}
