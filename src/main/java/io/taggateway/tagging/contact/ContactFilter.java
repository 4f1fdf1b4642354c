package io.taggateway.tagging.contact;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.NamePart;
import io.taggateway.tagging.model.TagName;
import io.taggateway.tagging.tag.TagRef;
import org.jspecify.annotations.Nullable;

/**
 * Which contacts to list. All conditions apply together; an absent one does not restrict the list.
 *
 * @param search part of a name or e-mail address
 * @param tag contacts with this tag
 */
public record ContactFilter(
        @Nullable String search, @Nullable TagRef tag) {

    /** All contacts. */
    public static final ContactFilter ALL = new ContactFilter(null, null);

    /** Checks the filter before any request to a vendor. */
    public ContactFilter {
        search = search == null || TagName.trim(search).isEmpty() ? null : TagName.trim(search);
        if (tag != null) {
            tag.globalId();
        }
    }

    static boolean matches(Contact contact, NamePart part) {
        return part.isIn(contact.name())
                || part.isIn(contact.firstName())
                || part.isIn(contact.lastName())
                || part.isIn(contact.email());
    }
}
