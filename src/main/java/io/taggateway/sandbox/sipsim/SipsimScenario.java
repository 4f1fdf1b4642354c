package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.people.Person;
import io.taggateway.sandbox.people.PhoneBook;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The data that played SIPSIM starts with: 14 tags and 400 calls of the 60 days before a given instant. */
final class SipsimScenario {

    private static final int CALLS = 400;
    private static final long NEWEST_NUMBER = 100_400;
    private static final long LONG_CALL = 5;
    private static final int LONG_CALL_SECONDS = 1800;
    /** 400 of these are just under 60 days. */
    private static final Duration BETWEEN_CALLS = Duration.ofMinutes(215);

    private SipsimScenario() {}

    static SipsimState at(Instant now) {
        List<Person> people = PhoneBook.people();
        List<SipsimTagRow> tags = tags();
        List<SipsimCallRow> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(call(i, now.truncatedTo(ChronoUnit.SECONDS), people));
        }
        return new SipsimState(tags, List.copyOf(calls), tags.size());
    }

    private static List<SipsimTagRow> tags() {
        return List.of(
                new SipsimTagRow(1, "VIP", "#8B5CF6", "Customers who go first"),
                new SipsimTagRow(2, "Follow-up", "#FFA500", "Requires callback"),
                new SipsimTagRow(3, "Complaint", "#EF4444", "Something went wrong"),
                new SipsimTagRow(4, "Billing", "#0090FF", "Invoices and payments"),
                new SipsimTagRow(LONG_CALL, "Long Call", "#F97316", "Calls over 30 minutes"),
                new SipsimTagRow(6, "Hot Lead", "#DC2626", "Ready to buy"),
                new SipsimTagRow(7, "Support", "#0EA5E9", "Technical questions"),
                new SipsimTagRow(8, "Sales Lead", "#22C55E", "Potential sales opportunity"),
                new SipsimTagRow(9, "Renewal", "#14B8A6", "Contract ends soon"),
                new SipsimTagRow(10, "Wrong Number", "#6B7280", null),
                new SipsimTagRow(11, "Spam", "#111827", null, false),
                new SipsimTagRow(12, "Demo Request", "#A855F7", "Wants to see the product"),
                new SipsimTagRow(13, "Réclamation", "#F59E0B", "Réclamations des clients francophones"),
                new SipsimTagRow(14, "Partner", "#10B981", "Resellers and integrators"));
    }

    private static SipsimCallRow call(int index, Instant now, List<Person> people) {
        String type = switch (index % 10) {
            case 0, 1, 2, 3, 4 -> "inbound";
            case 5, 6, 7 -> "outgoing";
            case 8 -> "missed";
            default -> "voicemail";
        };
        Instant start = now.minus(BETWEEN_CALLS.multipliedBy(index)).minusSeconds(600 + index * 37L * index % 3000);
        Integer seconds = seconds(index, type);
        return new SipsimCallRow(
                NEWEST_NUMBER - index, type, parties(index, type, people), start, seconds, tagIds(index, seconds));
    }

    private static CallParties parties(int index, String type, List<Person> people) {
        Person person = person(index, people);
        String phone = person == null ? null : person.phone();
        String outside = phone == null ? PhoneBook.stranger(index % 180) : phone;
        String name = person == null ? "" : person.fullName();
        String line = PhoneBook.companyLine(index);
        int employee = 101 + index % 8;
        return type.equals("outgoing")
                ? new CallParties(line, outside, outside, name, employee)
                : new CallParties(outside, line, outside, name, employee);
    }

    /** Every fourth call is with a contact, and five contacts call more often than the others. */
    private static @Nullable Person person(int index, List<Person> people) {
        if (index % 4 == 0) {
            return people.get(index / 4 % PhoneBook.CALLERS);
        }
        return index % 20 == 1 ? people.get(index / 20 % 5) : null;
    }

    private static @Nullable Integer seconds(int index, String type) {
        return switch (type) {
            case "missed" -> index % 20 == 8 ? null : 0;
            case "voicemail" -> 12 + index * 7 % 60;
            default -> index % 17 == 5 ? 1900 + index * 53 % 2500 : 20 + index * 397 % 1500;
        };
    }

    private static List<Long> tagIds(int index, @Nullable Integer seconds) {
        TreeSet<Long> ids = new TreeSet<>();
        for (int i = 0; i < index * 7 % 4; i++) {
            long id = (index * 3L + i * 5L) % 14 + 1;
            ids.add(id == LONG_CALL ? LONG_CALL + 1 : id);
        }
        boolean tagged = seconds != null && seconds > LONG_CALL_SECONDS && index % 3 != 0;
        if (tagged && ids.size() < 3) {
            ids.add(LONG_CALL);
        }
        return List.copyOf(ids);
    }
}
