package io.taggateway.tagging.group;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagGroup.TagDrift;
import io.taggateway.tagging.model.TagGroup.TagDriftField;
import io.taggateway.tagging.model.Vendor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Detects how the tags of one group differ. */
final class DriftDetector {

    private final Predicate<Vendor> describes;

    DriftDetector(VendorDirectory directory) {
        this.describes = vendor -> directory.can(vendor, Capability.TAG_DESCRIPTION);
    }

    List<TagDrift> drift(List<Tag> tags) {
        List<TagDrift> drift = new ArrayList<>();
        if (differ(tags, Tag::name)) {
            drift.add(drift(TagDriftField.NAME, tags, Tag::name));
        }
        // Vendors with a palette cannot store every color, so colors agree if they have the same palette color.
        List<Tag> colored = tags.stream().filter(tag -> tag.color().isKnown()).toList();
        if (differ(colored, tag -> tag.color().name())) {
            drift.add(drift(TagDriftField.COLOR, tags, tag -> tag.color().hex()));
        }
        List<Tag> described =
                tags.stream().filter(tag -> describes.test(tag.vendor())).toList();
        if (differ(described, DriftDetector::description)) {
            drift.add(drift(TagDriftField.DESCRIPTION, tags, Tag::description));
        }
        if (tags.stream().map(Tag::vendor).distinct().count() < tags.size()) {
            drift.add(drift(TagDriftField.DUPLICATE, tags, Tag::id));
        }
        return drift;
    }

    private static boolean differ(List<Tag> tags, Function<Tag, Object> value) {
        return tags.stream().map(value).distinct().count() > 1;
    }

    private static String description(Tag tag) {
        return Objects.requireNonNullElse(tag.description(), "");
    }

    private static TagDrift drift(TagDriftField field, List<Tag> tags, Function<Tag, @Nullable String> value) {
        List<@Nullable String> values = new ArrayList<>();
        tags.forEach(tag -> values.add(value.apply(tag)));
        return new TagDrift(field, values);
    }
}
