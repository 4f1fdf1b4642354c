package io.taggateway.cluster.tags;

import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.cache.TagListExchange.Change;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The message that a replica has changed a tag list: its number, the replica with the change, vendor and tenant. */
record ChangeMessage(long generation, String replica, Change change, Vendor vendor, Tenant tenant) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ([^\\s/]+)(?:/([ud])/(\\S*))? (\\S+) (.+)");

    /** How a replica and a change are written, without spaces. Other versions take it for the replica. */
    static String sender(String replica, Change change) {
        String id = change.remoteId();
        return id == null
                ? replica
                : replica + (change.deleted() ? "/d/" : "/u/") + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    /** A message; null if it is of another form, or of a vendor that this version does not have. */
    static @Nullable ChangeMessage parse(byte[] message) {
        Matcher parts = FORM.matcher(new String(message, StandardCharsets.UTF_8));
        return parts.matches()
                ? vendor(parts.group(5))
                        .map(vendor -> new ChangeMessage(
                                Long.parseLong(parts.group(1)),
                                parts.group(2),
                                change(parts.group(3), parts.group(4)),
                                vendor,
                                Tenant.of(parts.group(6))))
                        .orElse(null)
                : null;
    }

    private static Change change(@Nullable String kind, @Nullable String encodedId) {
        return kind == null || encodedId == null
                ? Change.UNKNOWN
                : new Change(URLDecoder.decode(encodedId, StandardCharsets.UTF_8), kind.equals("d"));
    }

    private static Optional<Vendor> vendor(String name) {
        return Arrays.stream(Vendor.values())
                .filter(vendor -> vendor.name().equals(name))
                .findAny();
    }
}
