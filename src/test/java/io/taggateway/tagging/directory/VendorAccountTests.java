package io.taggateway.tagging.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.directory.VendorAccount.Connection;
import io.taggateway.tagging.directory.VendorAccount.PortSet;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.InMemoryTagSource;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.VendorProfile;
import io.taggateway.tagging.source.VendorProfile.Origin;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that the capabilities of a vendor match its ports. */
class VendorAccountTests {

    private static final PortSet TAGS = new PortSet(
            new InMemoryTagSource(Vendor.SIPSIM, new SettableClock(SampleFactory.NOON)), null, null, List.of(), null);

    @ParameterizedTest
    @EnumSource(names = {"LIST_CALLS", "TAG_CALLS", "LIST_CONTACTS", "TAG_CONTACTS", "WEBHOOKS"})
    void capabilityWithoutItsPortIsRefused(Capability claimed) {
        assertThatThrownBy(() -> account(EnumSet.of(Capability.LIST_TAGS, claimed), TAGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(claimed.name());
    }

    @Test
    void portWithoutItsCapabilityIsRefused() {
        assertThatThrownBy(() -> account(Set.of(), TAGS)).hasMessageContaining("LIST_TAGS");
    }

    @Test
    void accountWithMatchingPortsIsOpened() {
        Set<Capability> claimed = EnumSet.of(Capability.LIST_TAGS, Capability.CREATE_TAG);
        assertThat(account(claimed, TAGS).profile().capabilities()).isEqualTo(claimed);
        assertThat(VendorAccount.notConfigured(Vendor.SIPSIM, claimed).profile().capabilities())
                .isEmpty();
    }

    private static VendorAccount account(Set<Capability> claimed, PortSet ports) {
        return new VendorAccount(new VendorProfile(Vendor.SIPSIM, claimed, Origin.LIVE), ports, Connection.NONE);
    }
}
