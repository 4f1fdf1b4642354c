package io.taggateway.sandbox.people;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All invented people.
 *
 * <p>All numbers are in ranges that regulators reserve for fiction (ARCEP 01 99 00, 02 61 91, 03 53 01, 04 65 71 and 05
 * 36 49; NANPA 555-01xx; Ofcom 020 7946 0xxx and 0161 496 0xxx), all mail domains in those of RFC 2606.
 */
public final class PhoneBook {

    /** The number of distinct phone numbers with calls. The last of them belongs to two people. */
    public static final int CALLERS = 39;

    private static final int PEOPLE = 150;
    private static final int WITH_PHONE = 120;

    private static final List<String> FIRST_NAMES = List.of(
            "Alice,Bruno,Chloé,David,Emma,François,Grace,Hugo,Inès,James,Karim,Laura,Manon,Noah,Olivia".split(","));
    private static final List<String> LAST_NAMES =
            List.of("Martin,Bernard,Dubois,Smith,Johnson,Moreau,Taylor,Lefèvre,Brown,Garcia".split(","));
    private static final List<String> DOMAINS = List.of("example.com", "example.org", "example.net");
    private static final List<String> FRENCH_AREAS = List.of("19900", "26191", "35301", "46571", "53649");
    private static final List<String> AMERICAN_AREAS = List.of("202", "212", "312", "415");
    private static final List<String> BRITISH_AREAS = List.of("207946", "161496");

    private PhoneBook() {}

    /** An invented person, with an E.164 number or none. */
    public record Person(
            String firstName,
            String lastName,
            String email,
            @Nullable String phone) {

        public String fullName() {
            return firstName + " " + lastName;
        }
    }

    public static List<Person> people() {
        return IntStream.range(0, PEOPLE).mapToObj(PhoneBook::person).toList();
    }

    /** The number of a caller or called person who is in no contact list. */
    public static String stranger(int index) {
        return number(WITH_PHONE + index);
    }

    /** One of the invented company's own lines. */
    public static String companyLine(int index) {
        return "+331990099%02d".formatted(index % 4 + 1);
    }

    private static Person person(int index) {
        String first = FIRST_NAMES.get(index % FIRST_NAMES.size());
        String last = LAST_NAMES.get((index / FIRST_NAMES.size() + index % FIRST_NAMES.size()) % LAST_NAMES.size());
        String email = plain(first) + "." + plain(last) + "@" + DOMAINS.get(index % DOMAINS.size());
        return new Person(first, last, email, phone(index));
    }

    private static @Nullable String phone(int index) {
        if (index >= WITH_PHONE) {
            return null;
        }
        return number(index == CALLERS ? index - 1 : index);
    }

    private static String number(int index) {
        return switch (index % 10) {
            case 6, 7 -> "+1%s55501%02d".formatted(AMERICAN_AREAS.get(index / 100), index % 100);
            case 8, 9 -> "+44%s0%03d".formatted(BRITISH_AREAS.get(index % 2), index);
            default -> "+33%s%04d".formatted(FRENCH_AREAS.get(index % 5), 1000 + index);
        };
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }
}
