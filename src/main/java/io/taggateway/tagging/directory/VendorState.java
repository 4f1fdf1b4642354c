package io.taggateway.tagging.directory;

import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagSource.TagListAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The capabilities and the status of a vendor.
 *
 * @param tagList the list of tags that is held; null where none is
 */
public record VendorState(
        Vendor vendor,
        List<Capability> capabilities,
        VendorAccount.Condition condition,
        @Nullable HeldTags tagList) {

    /** The name that people know the vendor by. */
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

    /** How many tags are held, since when, and whether they are older than their time to live. */
    public record HeldTags(int count, Instant fetchedAt, boolean stale) {

        static HeldTags of(TagListAnswer cached) {
            return new HeldTags(cached.list().tags().size(), cached.list().fetchedAt(), cached.staleBecause() != null);
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
        /** It responds, but not to all requests. */
        DEGRADED,
        DOWN,
        NOT_CONFIGURED
    }
}
