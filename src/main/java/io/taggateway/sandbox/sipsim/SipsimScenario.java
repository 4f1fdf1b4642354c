package io.taggateway.sandbox.sipsim;

import io.taggateway.sandbox.http.SandboxJson;
import io.taggateway.sandbox.people.PhoneBook;
import io.taggateway.sandbox.people.PhoneBook.Person;
import io.taggateway.sandbox.sipsim.SipsimStore.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The initial data of simulated SIPSIM: 14 tags, and 400 calls of the 60 days before a given instant. */
final class SipsimScenario {

    private static final int CALLS = 400;
    private static final long NEWEST_NUMBER = 100_400;
    private static final long LONG_CALL = 5;
    private static final int LONG_CALL_SECONDS = 1800;
    /** 400 intervals are just under 60 days. */
    private static final Duration BETWEEN_CALLS = Duration.ofMinutes(215);

    private SipsimScenario() {}

    static List<Call> calls(Instant now) {
        List<Person> people = PhoneBook.people();
        return IntStream.range(0, CALLS)
                .mapToObj(index -> call(index, now.truncatedTo(ChronoUnit.SECONDS), people))
                .toList();
    }

    /** All tags except one have a description, which may be null. */
    static List<ObjectNode> tags() {
        return List.of(
                tag(1, "VIP", "#8B5CF6").put("description", "Customers who go first"),
                tag(2, "Follow-up", "#FFA500").put("description", "Requires callback"),
                tag(3, "Complaint", "#EF4444").put("description", "Something went wrong"),
                tag(4, "Billing", "#0090FF").put("description", "Invoices and payments"),
                tag(LONG_CALL, "Long Call", "#F97316").put("description", "Calls over 30 minutes"),
                tag(6, "Hot Lead", "#DC2626").put("description", "Ready to buy"),
                tag(7, "Support", "#0EA5E9").put("description", "Technical questions"),
                tag(8, "Sales Lead", "#22C55E").put("description", "Potential sales opportunity"),
                tag(9, "Renewal", "#14B8A6").put("description", "Contract ends soon"),
                tag(10, "Wrong Number", "#6B7280").putNull("description"),
                tag(11, "Spam", "#111827"),
                tag(12, "Demo Request", "#A855F7").put("description", "Wants to see the product"),
                tag(13, "Réclamation", "#F59E0B").put("description", "Réclamations des clients francophones"),
                tag(14, "Partner", "#10B981").put("description", "Resellers and integrators"));
    }

    private static ObjectNode tag(long id, String name, String color) {
        return SandboxJson.object().put("id", id).put("name", name).put("color", color);
    }

    private static Call call(int index, Instant now, List<Person> people) {
        String type = switch (index % 10) {
            case 0, 1, 2, 3, 4 -> "inbound";
            case 5, 6, 7 -> "outgoing";
            case 8 -> "missed";
            default -> "voicemail";
        };
        boolean outgoing = type.equals("outgoing");
        Person person = person(index, people);
        String phone = person == null ? null : person.phone();
        String outside = phone == null ? PhoneBook.stranger(index % 180) : phone;
        String line = PhoneBook.companyLine(index);
        Integer seconds = seconds(index, type);
        return new Call(
                NEWEST_NUMBER - index,
                type,
                outgoing ? line : outside,
                outgoing ? outside : line,
                person == null ? "" : person.fullName(),
                101 + index % 8,
                now.minus(BETWEEN_CALLS.multipliedBy(index)).minusSeconds(600 + index * 37L * index % 3000),
                seconds,
                tagIds(index, seconds));
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

    private static SortedSet<Long> tagIds(int index, @Nullable Integer seconds) {
        SortedSet<Long> ids = new TreeSet<>();
        for (int i = 0; i < index * 7 % 4; i++) {
            long id = (index * 3L + i * 5L) % 14 + 1;
            ids.add(id == LONG_CALL ? LONG_CALL + 1 : id);
        }
        boolean tagged = seconds != null && seconds > LONG_CALL_SECONDS && index % 3 != 0;
        if (tagged && ids.size() < 3) {
            ids.add(LONG_CALL);
        }
        return ids;
    }
}
