package io.taggateway.vendor.sipsim;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tag.TagDetails;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.PhoneNumberNormalizer;
import io.taggateway.upstream.http.VendorJson;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Maps SIPSIM's JSON to the types of the gateway. */
final class SipsimMapper {

    private final PhoneNumberNormalizer phoneNumbers;

    SipsimMapper(PhoneNumberNormalizer phoneNumbers) {
        this.phoneNumbers = phoneNumbers;
    }

    /** A tag of the tag list; null for an entry without an id. */
    static @Nullable Tag tag(VendorJson fields) {
        return tag(fields, true);
    }

    /** The tags of a list; entries without an id are omitted. */
    static List<Tag> tags(List<VendorJson> items, boolean complete) {
        return items.stream()
                .map(fields -> tag(fields, complete))
                .filter(Objects::nonNull)
                .toList();
    }

    /** A call of a list; null for an entry without an id. */
    @Nullable
    Call call(VendorJson fields) {
        String id = fields.text("id");
        return id == null || id.isEmpty() ? null : call(fields, id);
    }

    /** A call that was requested by its id, which the response may omit. */
    Call call(VendorJson fields, String id) {
        List<VendorJson> tags = fields.objects("tags");
        return new Call(
                Vendor.SIPSIM,
                id,
                type(fields),
                phoneNumbers.normalize(fields.text("caller_number", "caller")),
                phoneNumbers.normalize(fields.text("receiver_number", "receiver")),
                fields.instant("start_time", "started_at", "time", "created_at"),
                fields.integer("duration_sec"),
                tags == null ? null : tags(tags, false));
    }

    /** A tag inside a call has no description, so the description is unknown. */
    private static @Nullable Tag tag(VendorJson fields, boolean complete) {
        String id = fields.text("id");
        if (id == null || id.isEmpty()) {
            return null;
        }
        String name = fields.text("name");
        String description = fields.text("description");
        return Tag.of(
                Vendor.SIPSIM,
                id,
                name == null ? id : name,
                null,
                Color.read(fields.text("color")),
                new TagDetails(
                        description == null || description.isEmpty() ? null : description, complete, fields.values()));
    }

    /** The call type takes precedence over the direction, which does not distinguish missed calls. */
    private static CallType type(VendorJson fields) {
        CallType type = type(fields.text("call_type", "type"));
        return type == CallType.UNKNOWN ? type(fields.text("direction")) : type;
    }

    private static CallType type(@Nullable String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "inbound", "incoming" -> CallType.INBOUND;
            case "outgoing", "outbound" -> CallType.OUTGOING;
            case "missed" -> CallType.MISSED;
            case "voicemail" -> CallType.VOICEMAIL;
            default -> CallType.UNKNOWN;
        };
    }
}
