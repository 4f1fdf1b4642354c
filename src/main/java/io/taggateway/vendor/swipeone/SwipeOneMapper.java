package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tag.TagDetails;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.PhoneNumberNormalizer;
import io.taggateway.upstream.http.VendorJson;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Maps Swipe One's JSON to the types of the gateway. */
final class SwipeOneMapper {

    /** The prefix of the address in the id of a contact that was listed without an id. */
    static final String EMAIL_ID = "email=";

    private final PhoneNumberNormalizer phoneNumbers;

    SwipeOneMapper(PhoneNumberNormalizer phoneNumbers) {
        this.phoneNumbers = phoneNumbers;
    }

    /** A tag; null for an entry without an id. */
    static @Nullable Tag tag(VendorJson fields) {
        String id = fields.text("_id", "id");
        if (id == null || id.isEmpty()) {
            return null;
        }
        String key = fields.text("name");
        String label = fields.text("label");
        return Tag.of(
                Vendor.SWIPEONE,
                id,
                Objects.requireNonNullElse(label, Objects.requireNonNullElse(key, id)),
                key,
                Color.read(fields.text("color")),
                new TagDetails(null, true, fields.values()));
    }

    /** A contact; null for an entry with neither an id nor an e-mail address. */
    @Nullable
    Contact contact(VendorJson fields) {
        return contact(fields, null);
    }

    /** A contact that was requested by an id, which its entry may omit. */
    @Nullable
    Contact contact(VendorJson fields, @Nullable String askedFor) {
        String email = filled(fields, "email");
        String known = filled(fields, "_id", "id");
        String id = known == null ? askedFor : known;
        if (id == null && email != null) {
            id = EMAIL_ID + email;
        }
        if (id == null) {
            return null;
        }
        String firstName = fields.text("firstName");
        String lastName = fields.text("lastName");
        return new Contact(
                Vendor.SWIPEONE,
                id,
                name(fields, firstName, lastName),
                firstName,
                lastName,
                email,
                phone(fields),
                fields.instant("createdAt"),
                tagKeys(fields));
    }

    /** Null means that there are none, like an empty list. */
    private static @Nullable List<String> tagKeys(VendorJson fields) {
        boolean none = fields.values().containsKey("tags") && fields.values().get("tags") == null;
        return none ? List.of() : fields.texts("tags", "name", "label", "_id");
    }

    /** Whether all entries in a contact's list of tags can be read. */
    static boolean hasAllTags(VendorJson fields, Contact contact) {
        return contact.tagKeys() != null && contact.tagKeys().size() == fields.size("tags");
    }

    /** The keys of a contact's tags; empty if unknown. */
    static List<String> keys(Contact contact) {
        List<String> keys = contact.tagKeys();
        return keys == null ? List.of() : keys;
    }

    /** The keys of a contact's tags, regardless of their order. */
    static Set<String> keySet(Contact contact) {
        return Set.copyOf(keys(contact));
    }

    private static @Nullable String name(VendorJson fields, @Nullable String firstName, @Nullable String lastName) {
        String name = filled(fields, "fullName", "name");
        if (name != null) {
            return name;
        }
        String joined = Stream.of(firstName, lastName)
                .flatMap(Stream::ofNullable)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" "));
        return joined.isEmpty() ? null : joined;
    }

    /** The first of some fields that is not blank. */
    private static @Nullable String filled(VendorJson fields, String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.ofNullable(fields.text(name)))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(null);
    }

    private @Nullable String phone(VendorJson fields) {
        VendorJson parts = fields.object("phone");
        return parts == null
                ? phoneNumbers.normalize(fields.text("phone"))
                : phoneNumbers.normalize(parts.text("countryCode"), parts.text("number"));
    }
}
