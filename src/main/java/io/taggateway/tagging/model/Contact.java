package io.taggateway.tagging.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contact of a CRM, normalized.
 *
 * @param remoteId the vendor's own id; {@code email=<address>} where a listing gave none
 * @param phone E.164 where it could be parsed, else as it came
 * @param tagKeys what the vendor calls the contact's tags ({@link Tag#remoteKey}); null if a listing left them out
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
