package io.taggateway.tagging.directory;

import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.TagWatch;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.source.CallSource;
import io.taggateway.tagging.source.ContactSource;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.VendorProfile;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The vendors of one tenant, and the changes at them. */
public final class VendorDirectory {

    private final Map<Vendor, VendorAccount> accounts = new EnumMap<>(Vendor.class);
    private final List<Vendor> vendors;
    private final List<VendorProfile> profiles;
    private final List<CallSource> callSources;
    private final List<ContactSource> contactSources;
    private final ChangeFeed feed;
    private final TagWatch watch;
    private final CursorCodec cursors;
    private volatile boolean open = true;

    /**
     * A directory of accounts that publish to a feed.
     *
     * @param accounts the accounts of all vendors, and the codec of their cursors
     * @param pollInterval the interval at which a vendor's tag list is read while its changes are subscribed to
     */
    public VendorDirectory(AccountSet accounts, ChangeFeed feed, Duration pollInterval) {
        List<VendorAccount> sorted = accounts.list().stream()
                .sorted(Comparator.comparing(VendorAccount::vendor))
                .toList();
        sorted.forEach(account -> this.accounts.put(account.vendor(), account));
        this.vendors = List.copyOf(this.accounts.keySet());
        this.profiles = sorted.stream().map(VendorAccount::profile).toList();
        this.callSources = each(sorted, VendorAccount.PortSet::calls);
        this.contactSources = each(sorted, VendorAccount.PortSet::contacts);
        this.feed = feed;
        this.cursors = accounts.cursors();
        this.watch = new TagWatch(each(sorted, VendorAccount.PortSet::tags), feed, pollInterval);
    }

    private static <T> List<T> each(List<VendorAccount> accounts, Function<VendorAccount.PortSet, @Nullable T> port) {
        return accounts.stream()
                .flatMap(account -> Stream.ofNullable(port.apply(account.ports())))
                .toList();
    }

    /** All accounts, configured or not, in the order of the vendors. */
    public List<VendorAccount> accounts() {
        return List.copyOf(accounts.values());
    }

    /** The account at a vendor; null for a vendor without an account factory. */
    public @Nullable VendorAccount find(Vendor vendor) {
        return accounts.get(vendor);
    }

    /** All vendors, configured or not, in their order. */
    public List<VendorProfile> profiles() {
        return profiles;
    }

    /** All vendors, in their order. */
    public List<Vendor> vendors() {
        return vendors;
    }

    /** The changes at the vendors. */
    public ChangeFeed feed() {
        return feed;
    }

    /** Writes and reads the cursors of the vendors' lists. */
    public CursorCodec cursors() {
        return cursors;
    }

    /** The watch that polls the vendors for changes. */
    public TagWatch watch() {
        return watch;
    }

    /** Whether a vendor has a capability. */
    public boolean can(Vendor vendor, Capability capability) {
        VendorAccount account = accounts.get(vendor);
        return account != null && account.profile().capabilities().contains(capability);
    }

    /** The outcomes of vendors that support a capability but are not configured. */
    public List<SourceOutcome> skipped(Capability capability) {
        return profiles.stream()
                .filter(profile -> !profile.configured() && profile.supported().contains(capability))
                .map(profile -> SourceOutcome.skipped(profile.vendor()))
                .toList();
    }

    /** The tags of a vendor; null if it is not configured. */
    public @Nullable TagSource findTags(Vendor vendor) {
        VendorAccount account = accounts.get(vendor);
        return account == null ? null : account.ports().tags();
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
     * The tags on a vendor's calls or contacts; null for a vendor that has no such objects.
     *
     * @throws SourceException if it is not configured
     */
    public @Nullable TagAssignments findAssignments(Vendor vendor, NodeType subjectType) {
        return configured(vendor).assignments(subjectType);
    }

    public List<CallSource> calls() {
        return callSources;
    }

    /**
     * The calls of a vendor; null for one that has none.
     *
     * @throws SourceException if it is not configured
     */
    public @Nullable CallSource findCalls(Vendor vendor) {
        return configured(vendor).calls();
    }

    public List<ContactSource> contacts() {
        return contactSources;
    }

    /**
     * The contacts of a vendor; null for one that has none.
     *
     * @throws SourceException if it is not configured
     */
    public @Nullable ContactSource findContacts(Vendor vendor) {
        return configured(vendor).contacts();
    }

    /** The number of writes at all vendors that have had a response. */
    public long writeVersion() {
        return accounts.values().stream().mapToLong(VendorAccount::writeVersion).sum();
    }

    /** Whether new operations may use this directory. */
    public boolean isOpen() {
        return open;
    }

    /** Ends subscriptions and removes the meters of the accounts. Running operations continue. */
    public void retire() {
        open = false;
        feed.end();
        accounts.values().forEach(VendorAccount::retire);
    }

    /** Ends subscriptions and closes all accounts. */
    public void close() {
        open = false;
        feed.end();
        accounts.values().forEach(VendorAccount::close);
    }

    private VendorAccount.PortSet configured(Vendor vendor) {
        VendorAccount account = accounts.get(vendor);
        if (account == null || !account.profile().configured()) {
            throw SourceException.of(vendor, FailureReason.NOT_CONFIGURED);
        }
        return account.ports();
    }
}
