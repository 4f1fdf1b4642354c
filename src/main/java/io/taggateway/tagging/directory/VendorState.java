package io.taggateway.tagging.directory;

import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagSource.TagListResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The capabilities and the status of a vendor.
 *
 * @param tagList the cached list of tags; null if there is none
 */
public record VendorState(
        Vendor vendor,
        List<Capability> capabilities,
        VendorAccount.Condition condition,
        @Nullable CachedTags tagList) {

    /** The display name of the vendor. */
    public String displayName() {
        return vendor.displayName();
    }

    /** The status. */
    public VendorStatus status() {
        return condition.status();
    }

    /** Whether requests reach it. */
    public CircuitState circuit() {
        return condition.circuit();
    }

    /** The end of the cool-down; null if there is none. */
    public @Nullable Instant coolDownUntil() {
        return condition.coolDownUntil();
    }

    /** The number of cached tags, their age, and whether they are older than their time to live. */
    public record CachedTags(int count, Instant fetchedAt, boolean stale) {

        static CachedTags of(TagListResult cached) {
            return new CachedTags(
                    cached.list().tags().size(), cached.list().fetchedAt(), cached.staleBecause() != null);
        }
    }

    /** Whether requests reach a vendor at the moment. */
    public enum CircuitState {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /** The status of a vendor. */
    public enum VendorStatus {
        UP,
        /** Some of its requests fail. */
        DEGRADED,
        DOWN,
        NOT_CONFIGURED
    }
}
