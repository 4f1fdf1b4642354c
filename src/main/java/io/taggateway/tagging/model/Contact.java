package io.taggateway.tagging.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A normalized contact of a CRM.
 *
 * @param remoteId the vendor's own id; {@code email=<address>} if a list had none
 * @param phone in E.164 form if it could be parsed, else unchanged
 * @param tagKeys the vendor's keys of the contact's tags ({@link Tag#remoteKey}); null if a list omitted them
 */
public record Contact(
        Vendor vendor,
        String remoteId,
        @Nullable String name,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable Instant createdAt,
        @Nullable List<String> tagKeys)
        implements Taggable {

    /** This contact with other tags. */
    public Contact withTags(List<String> keys) {
        return new Contact(vendor, remoteId, name, firstName, lastName, email, phone, createdAt, List.copyOf(keys));
    }

    @Override
    public String id() {
        return GlobalId.of(vendor, NodeType.CONTACT, remoteId);
    }
}
