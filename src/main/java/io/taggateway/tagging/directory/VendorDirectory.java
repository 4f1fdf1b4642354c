package io.taggateway.tagging.directory;

import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.CallSource;
import io.taggateway.tagging.source.ContactSource;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.VendorProfile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which vendors there are, and the sources of those that are configured. */
@Component
public class VendorDirectory {

    private final List<VendorProfile> profiles;
    private final List<TagSource> tagSources;
    private final List<CallSource> callSources;
    private final List<ContactSource> contactSources;
    private final List<TagAssignments> assignments;

    public VendorDirectory(
            List<VendorProfile> profiles,
            List<TagSource> tagSources,
            List<CallSource> callSources,
            List<ContactSource> contactSources,
            List<TagAssignments> assignments) {
        this.assignments = List.copyOf(assignments);
        this.profiles = profiles.stream()
                .sorted(Comparator.comparing(VendorProfile::vendor))
                .toList();
        this.tagSources = tagSources.stream()
                .sorted(Comparator.comparing(TagSource::vendor))
                .toList();
        this.callSources = callSources.stream()
                .sorted(Comparator.comparing(CallSource::vendor))
                .toList();
        this.contactSources = contactSources.stream()
                .sorted(Comparator.comparing(ContactSource::vendor))
                .toList();
    }

    /** All vendors, configured or not, in their order. */
    public List<VendorProfile> profiles() {
        return profiles;
    }

    /** Whether something can be done at a vendor through this gateway. */
    public boolean can(Vendor vendor, Capability capability) {
        return profiles.stream()
                .anyMatch(profile ->
                        profile.vendor() == vendor && profile.capabilities().contains(capability));
    }

    /** The vendors that could do something if they were configured, as outcomes of an answer. */
    public List<SourceOutcome> skipped(Capability capability) {
        return profiles.stream()
                .filter(profile -> !profile.configured() && profile.supported().contains(capability))
                .map(profile -> SourceOutcome.skipped(profile.vendor()))
                .toList();
    }

    /** All vendors, in their order. */
    public List<Vendor> vendors() {
        return Arrays.asList(Vendor.values());
    }

    /** The tags of a vendor; null where it is not configured. */
    public @Nullable TagSource findTags(Vendor vendor) {
        return tagSources.stream()
                .filter(source -> source.vendor() == vendor)
                .findFirst()
                .orElse(null);
    }

    /**
     * The tags of a vendor.
     *
     * @throws SourceException if it is not configured
     */
    public TagSource tags(Vendor vendor) {
        TagSource source = findTags(vendor);
        if (source == null) {
            throw SourceException.of(vendor, FailureReason.NOT_CONFIGURED);
        }
        return source;
    }

    /**
     * The tags on a vendor's calls or contacts; null for a vendor that has no such things.
     *
     * @throws SourceException if it is not configured
     */
    public @Nullable TagAssignments findAssignments(Vendor vendor, NodeType subjectType) {
        requireConfigured(vendor);
        return assignments.stream()
                .filter(port -> port.vendor() == vendor && port.subjectType() == subjectType)
                .findFirst()
                .orElse(null);
    }

    public List<CallSource> calls() {
        return callSources;
    }

    /**
     * The calls of a vendor; null for one that has none.
     *
     * @throws SourceException if it is not configured
     */
    @Nullable
    public CallSource findCalls(Vendor vendor) {
        requireConfigured(vendor);
        return callSources.stream()
                .filter(source -> source.vendor() == vendor)
                .findFirst()
                .orElse(null);
    }

    public List<ContactSource> contacts() {
        return contactSources;
    }

    /**
     * The contacts of a vendor; null for one that has none.
     *
     * @throws SourceException if it is not configured
     */
    @Nullable
    public ContactSource findContacts(Vendor vendor) {
        requireConfigured(vendor);
        return contactSources.stream()
                .filter(source -> source.vendor() == vendor)
                .findFirst()
                .orElse(null);
    }

    private void requireConfigured(Vendor vendor) {
        if (profiles.stream().noneMatch(profile -> profile.vendor() == vendor && profile.configured())) {
            throw SourceException.of(vendor, FailureReason.NOT_CONFIGURED);
        }
    }
}
