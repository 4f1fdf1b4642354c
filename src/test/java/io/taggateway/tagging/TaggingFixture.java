package io.taggateway.tagging;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.contact.ContactMatcher;
import io.taggateway.tagging.contact.ContactService;
import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorAccount.Connection;
import io.taggateway.tagging.directory.VendorAccount.PortSet;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.directory.VendorState.CircuitState;
import io.taggateway.tagging.directory.VendorState.VendorStatus;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.group.TagGroupService;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.node.NodeService;
import io.taggateway.tagging.paging.ConnectionReader;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.source.InMemoryCallSource;
import io.taggateway.tagging.source.InMemoryContactSource;
import io.taggateway.tagging.source.InMemoryTagSource;
import io.taggateway.tagging.source.PhoneNumberRule;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.VendorProfile;
import io.taggateway.tagging.source.VendorProfile.Origin;
import io.taggateway.tagging.tag.TagService;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * All services with in-memory vendors: one has calls and tags with descriptions, the other contacts and lookups of
 * single tags.
 */
public final class TaggingFixture {

    private static final Set<Capability> CALLS =
            EnumSet.of(Capability.LIST_TAGS, Capability.TAG_DESCRIPTION, Capability.LIST_CALLS);
    private static final Set<Capability> CONTACTS =
            EnumSet.of(Capability.LIST_TAGS, Capability.GET_TAG, Capability.LIST_CONTACTS);

    private static final Set<Capability> CALLS_AND_CONTACTS =
            EnumSet.of(Capability.LIST_TAGS, Capability.GET_TAG, Capability.LIST_CALLS, Capability.LIST_CONTACTS);

    public static final Duration WATCH_INTERVAL = Duration.ofSeconds(30);

    /** The state of every in-memory vendor. */
    public static final Condition CONDITION =
            new Condition(VendorStatus.DEGRADED, CircuitState.HALF_OPEN, SampleFactory.NOON);

    private static final PhoneNumberRule NUMBERS = number -> number.startsWith("+");

    private static final Connection CONNECTION = new Connection() {
        @Override
        public Condition condition() {
            return CONDITION;
        }

        @Override
        public long writeVersion() {
            return 0;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    };

    public final SettableClock clock = new SettableClock(SampleFactory.NOON);
    public final InMemoryTagSource callTags = new InMemoryTagSource(Vendor.SIPSIM, clock);
    public final InMemoryTagSource contactTags = new InMemoryTagSource(Vendor.SWIPEONE, clock);
    public final InMemoryCallSource calls = new InMemoryCallSource(Vendor.SIPSIM, clock);
    public final InMemoryCallSource contactVendorsCalls = new InMemoryCallSource(Vendor.SWIPEONE, clock, Set.of());
    public final InMemoryContactSource contacts = new InMemoryContactSource(Vendor.SWIPEONE, clock);
    public final VendorDirectory directory;

    /** The same vendors. The one with contacts has calls, too, and applies no filter to them. */
    public final VendorDirectory directoryOfCalls = new VendorDirectory(
            accounts(
                    account(
                            Vendor.SWIPEONE,
                            CALLS_AND_CONTACTS,
                            new PortSet(contactTags, contactVendorsCalls, contacts, List.of(), null)),
                    account(Vendor.SIPSIM, CALLS, new PortSet(callTags, calls, null, List.of(), null))),
            new ChangeFeed(8),
            WATCH_INTERVAL);

    private final ConnectionReader connections = new ConnectionReader(20);

    private TaggingFixture(boolean callsConfigured, boolean contactsConfigured) {
        this.directory = new VendorDirectory(
                accounts(
                        contactsConfigured
                                ? account(
                                        Vendor.SWIPEONE,
                                        CONTACTS,
                                        new PortSet(contactTags, null, contacts, List.of(), null))
                                : VendorAccount.notConfigured(Vendor.SWIPEONE, CONTACTS),
                        callsConfigured
                                ? account(Vendor.SIPSIM, CALLS, new PortSet(callTags, calls, null, List.of(), null))
                                : VendorAccount.notConfigured(Vendor.SIPSIM, CALLS)),
                new ChangeFeed(8),
                WATCH_INTERVAL);
    }

    public static TaggingFixture ofBoth() {
        return new TaggingFixture(true, true);
    }

    public static TaggingFixture withoutCalls() {
        return new TaggingFixture(false, true);
    }

    public static TaggingFixture withoutContacts() {
        return new TaggingFixture(true, false);
    }

    public TagService tagService() {
        return new TagService();
    }

    public TagGroupService groupService() {
        return new TagGroupService(tagService());
    }

    public CallService callService() {
        return new CallService(connections, NUMBERS, clock);
    }

    public ContactService contactService() {
        return new ContactService(connections, new ContactMatcher(NUMBERS), NUMBERS, clock);
    }

    public NodeService nodeService() {
        return new NodeService(tagService(), groupService(), callService(), contactService());
    }

    private static AccountSet accounts(VendorAccount... accounts) {
        return new AccountSet(List.of(accounts), new CursorCodec(new byte[] {1}));
    }

    private static VendorAccount account(Vendor vendor, Set<Capability> supported, PortSet ports) {
        return new VendorAccount(new VendorProfile(vendor, supported, Origin.LIVE), ports, CONNECTION);
    }
}
