package io.taggateway.tagging.contact;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.NamePart;
import io.taggateway.tagging.model.TagName;
import io.taggateway.tagging.source.PhoneNumberRule;
import io.taggateway.tagging.tag.TagRef;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a list of contacts. Contacts must meet all conditions; absent conditions are ignored.
 *
 * @param search part of a name or e-mail address, or of a phone number
 * @param tag contacts with this tag
 * @param phone contacts with this number, in any notation
 */
public record ContactFilter(
        @Nullable String search,
        @Nullable TagRef tag,
        @Nullable String phone) {

    /** All contacts. */
    public static final ContactFilter ALL = new ContactFilter(null, null, null);

    /** Checks the filter before any request to a vendor. */
    public ContactFilter {
        search = search == null || TagName.trim(search).isEmpty() ? null : TagName.trim(search);
        if (tag != null) {
            tag.globalId();
        }
    }

    /** This filter with the number in the form in which contacts have it. */
    ContactFilter normalized(PhoneNumberRule numbers) {
        return phone == null ? this : new ContactFilter(search, tag, numbers.require(phone));
    }

    static boolean matches(Contact contact, NamePart part) {
        return part.isIn(contact.name())
                || part.isIn(contact.firstName())
                || part.isIn(contact.lastName())
                || part.isIn(contact.email());
    }
}
