package io.taggateway.cluster.tags;

import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tag.TagDetails;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The form of tag lists in Redis: JSON, compressed. */
final class TagListFormat {

    /** The version of the form. Replicas of another version have other keys. */
    static final int VERSION = 1;

    /** About 20,000 tags of usual lengths. */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    /** Numbers get the types that they have in a vendor's response. */
    private static final JsonMapper JSON = JsonMapper.shared()
            .rebuild()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private TagListFormat() {}

    /** The form of a list; null if it is too large. */
    static byte @Nullable [] write(TagList list) {
        StoredTag[] tags = list.tags().stream().map(StoredTag::of).toArray(StoredTag[]::new);
        byte[] json = JSON.writeValueAsBytes(tags);
        if (json.length > MAX_BYTES) {
            return null;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return compressed.toByteArray();
    }

    /** A list of this form; null if the bytes have another one. */
    static @Nullable TagList read(byte[] bytes, Vendor vendor, Instant fetchedAt) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] json = gzip.readNBytes(MAX_BYTES + 1);
            if (json.length > MAX_BYTES) {
                return null;
            }
            List<Tag> tags = Arrays.stream(JSON.readValue(json, StoredTag[].class))
                    .map(tag -> tag.in(vendor))
                    .toList();
            return TagList.of(tags, fetchedAt);
        } catch (IOException | JacksonException | IllegalArgumentException | NullPointerException e) {
            return null;
        }
    }

    /** The parts of a tag from which it is created. */
    private record StoredTag(
            String id,
            String name,
            @Nullable String key,
            String hex,
            @Nullable String color,
            @Nullable String description,
            boolean complete,
            Map<String, Object> raw) {

        static StoredTag of(Tag tag) {
            return new StoredTag(
                    tag.remoteId(),
                    tag.name(),
                    tag.remoteKey(),
                    tag.color().hex(),
                    tag.color().raw(),
                    tag.description(),
                    tag.complete(),
                    tag.raw());
        }

        Tag in(Vendor vendor) {
            return Tag.of(vendor, id, name, key, new Color(hex, color), new TagDetails(description, complete, raw));
        }
    }
}
