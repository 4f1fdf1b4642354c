package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tag.TagDetails;
import io.taggateway.tagging.model.Vendor;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tags, calls and contacts for tests. */
public final class SampleFactory {

    public static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private SampleFactory() {}

    public static Tag tag(Vendor vendor, String id, String name) {
        return tag(vendor, id, name, "#E5484D");
    }

    public static Tag tag(Vendor vendor, String id, String name, String color) {
        return Tag.of(vendor, id, name, null, Color.read(color), new TagDetails(null, true, Map.of()));
    }

    /** A tag with a description. */
    public static Tag described(Vendor vendor, String id, String name, @Nullable String description) {
        return Tag.of(vendor, id, name, null, Color.read("red"), new TagDetails(description, true, Map.of()));
    }

    /** A tag with a machine name. */
    public static Tag keyed(Vendor vendor, String id, String name, String key) {
        return Tag.of(vendor, id, name, key, Color.read("red"), new TagDetails(null, true, Map.of()));
    }

    /** A tag inside a call. */
    public static Tag embedded(Vendor vendor, String id, String name) {
        return Tag.of(vendor, id, name, null, Color.read("red"), new TagDetails(null, false, Map.of()));
    }

    public static Call call(Vendor vendor, String id, Tag... tags) {
        return new Call(vendor, id, CallType.INBOUND, "+331990010", "+331990020", NOON, 60, List.of(tags));
    }

    public static Call call(
            Vendor vendor, String id, CallType type, @Nullable String caller, @Nullable String receiver) {
        return new Call(vendor, id, type, caller, receiver, NOON, 60, List.of());
    }

    public static Call lasting(Call call, @Nullable Integer seconds) {
        return new Call(
                call.vendor(),
                call.remoteId(),
                call.type(),
                call.callerNumber(),
                call.receiverNumber(),
                call.startedAt(),
                seconds,
                call.embeddedTags());
    }

    public static Call startedAt(Call call, Instant start) {
        return new Call(
                call.vendor(),
                call.remoteId(),
                call.type(),
                call.callerNumber(),
                call.receiverNumber(),
                start,
                call.durationSeconds(),
                call.embeddedTags());
    }

    public static Contact contact(
            Vendor vendor, String id, String name, @Nullable String phone, @Nullable List<String> tagKeys) {
        String email = name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@example.com";
        return new Contact(vendor, id, name, null, null, email, phone, NOON, tagKeys);
    }
}
