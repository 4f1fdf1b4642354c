package io.taggateway.tagging.directory;

import io.taggateway.tagging.directory.VendorState.CachedTags;
import io.taggateway.tagging.directory.VendorState.CircuitState;
import io.taggateway.tagging.directory.VendorState.VendorStatus;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.CallSource;
import io.taggateway.tagging.source.ContactSource;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.TagSource.TagListResult;
import io.taggateway.tagging.source.VendorProfile;
import io.taggateway.tagging.source.VendorProfile.Origin;
import io.taggateway.tagging.source.WebhookReceiver;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tenant's account at one vendor: its capabilities and its connection. */
public final class VendorAccount {

    private final VendorProfile profile;
    private final PortSet ports;
    private final Connection connection;

    /**
     * An account that is configured.
     *
     * @throws IllegalArgumentException if the capabilities of the profile do not match the ports
     */
    public VendorAccount(VendorProfile profile, PortSet ports, Connection connection) {
        for (Capability capability : Capability.values()) {
            if (profile.configured()
                    && !ports.agree(capability, profile.supported().contains(capability))) {
                throw new IllegalArgumentException(
                        "The profile of " + profile.vendor() + " and its ports do not agree on " + capability);
            }
        }
        this.profile = profile;
        this.ports = ports;
        this.connection = connection;
    }

    /** The account of a vendor that is not configured. */
    public static VendorAccount notConfigured(Vendor vendor, Set<Capability> supported) {
        VendorProfile profile = new VendorProfile(vendor, supported, Origin.NONE);
        return new VendorAccount(profile, new PortSet(null, null, null, List.of(), null), Connection.NONE);
    }

    public Vendor vendor() {
        return profile.vendor();
    }

    public VendorProfile profile() {
        return profile;
    }

    /** The sources of the vendor. */
    public PortSet ports() {
        return ports;
    }

    /** What is known about the vendor without a request. */
    public VendorState state() {
        TagListResult cached = ports.tags == null ? null : ports.tags.cached();
        return new VendorState(
                vendor(),
                profile.capabilities().stream().sorted().toList(),
                condition(),
                cached == null ? null : CachedTags.of(cached));
    }

    /** The state of the vendor according to the last requests. */
    public Condition condition() {
        return connection.condition();
    }

    /** The number of writes with a response so far, by which reads from before a write are recognized. */
    public long writeVersion() {
        return connection.writeVersion();
    }

    /** Removes the meters of the account, which another account may replace from now on. */
    public void retire() {
        connection.retire();
    }

    /** Releases the resources of the account, such as connections and meters. */
    public void close() {
        connection.close();
    }

    /**
     * The state of a vendor.
     *
     * @param coolDownUntil the end of the cool-down; null if there is none
     */
    public record Condition(
            VendorStatus status,
            CircuitState circuit,
            @Nullable Instant coolDownUntil) {}

    /** The connection that an account's ports share. */
    public interface Connection {

        /** The connection of a vendor that is not configured. */
        Connection NONE = new Connection() {
            @Override
            public Condition condition() {
                return new Condition(VendorStatus.NOT_CONFIGURED, CircuitState.CLOSED, null);
            }

            @Override
            public long writeVersion() {
                return 0;
            }

            @Override
            public void close() {
                // There is no connection to close
            }
        };

        Condition condition();

        long writeVersion();

        /** Removes the meters; requests are sent as before. */
        default void retire() {}

        void close();
    }

    /** The sources of one vendor; each is null if the vendor has no such objects, or is not configured. */
    public record PortSet(
            @Nullable TagSource tags,
            @Nullable CallSource calls,
            @Nullable ContactSource contacts,
            List<TagAssignments> assignments,
            @Nullable WebhookReceiver webhook) {

        /** The tags on the vendor's calls or contacts; null if the vendor has no such objects. */
        public @Nullable TagAssignments assignments(NodeType subjectType) {
            for (TagAssignments port : assignments) {
                if (port.subjectType() == subjectType) {
                    return port;
                }
            }
            return null;
        }

        private boolean agree(Capability capability, boolean claimed) {
            return switch (capability) {
                case LIST_TAGS -> claimed == (tags != null);
                case GET_TAG, CREATE_TAG, UPDATE_TAG, DELETE_TAG, TAG_DESCRIPTION -> !claimed || tags != null;
                case LIST_CALLS -> claimed == (calls != null);
                case LIST_CONTACTS -> claimed == (contacts != null);
                case TAG_CALLS -> claimed == (assignments(NodeType.CALL) != null);
                case TAG_CONTACTS -> claimed == (assignments(NodeType.CONTACT) != null);
                case WEBHOOKS -> claimed == (webhook != null);
            };
        }
    }
}
