package io.taggateway.tagging.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorAccount.Connection;
import io.taggateway.tagging.directory.VendorAccount.PortSet;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.source.VendorProfile;
import io.taggateway.tagging.source.VendorProfile.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Tests of opening and closing the directories of tenants. */
class TenantRegistryTests {

    private static final VendorProfile PROFILE = new VendorProfile(Vendor.SIPSIM, Set.of(), Origin.NONE);
    private static final PortSet NO_PORTS = new PortSet(null, null, null, List.of(), null);

    private final List<String> opened = new ArrayList<>();
    private final List<String> retired = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final TenantRegistry tenants = new TenantRegistry(this::open, 2);

    @Test
    void directoryIsOpenedAtItsFirstUseAndReused() {
        try (Lease first = lease("a")) {
            assertThat(lease("a").directory()).isSameAs(first.directory());
        }
        assertThat(tenants.lease().directory()).isSameAs(lease("default").directory());
        assertThat(opened).containsExactly("a", "default");
        assertThat(closed).isEmpty();
    }

    @Test
    void leastRecentlyUsedIdleDirectoryIsClosedWhenThereAreTooMany() {
        lease("a").close();
        lease("b").close();
        lease("a").close();
        lease("c").close();
        assertThat(closed).containsExactly("b");
        lease("b").close();
        assertThat(opened).containsExactly("a", "b", "c", "b");
        assertThat(closed).containsExactly("b", "a");
    }

    @Test
    void directoriesInUseAreNotClosedWhenThereAreTooMany() {
        Lease a = lease("a");
        lease("b");
        lease("c");
        assertThat(closed).isEmpty();
        a.close();
        a.close();
        lease("d");
        assertThat(closed).containsExactly("a");
    }

    @Test
    void closedRegistryClosesEachDirectoryWithItsLastLease() {
        Lease first = lease("a");
        Lease second = lease("a");
        lease("b").close();
        tenants.close();
        assertThat(closed).containsExactly("b");
        first.close();
        first.close();
        assertThat(closed).containsExactly("b");
        second.close();
        assertThat(closed).containsExactly("b", "a");
        assertThat(tenants.directories()).isEmpty();
    }

    @Test
    void directoryIsClosedWithItsLeaseWhenOpenedAfterTheEnd() {
        tenants.close();
        Lease late = lease("a");
        assertThat(late.directory()).isNotNull();
        assertThat(closed).isEmpty();
        late.close();
        assertThat(closed).containsExactly("a");
        assertThat(tenants.directories()).isEmpty();
    }

    @Test
    void changedTenantGetsANewDirectoryWhileTheOldOneServesItsLeases() {
        Lease running = lease("a");
        VendorDirectory old = running.directory();
        StepVerifier subscription =
                StepVerifier.create(old.watch().changes(null)).expectComplete().verifyLater();
        tenants.withdraw(new Tenant("a"));
        subscription.verify(Duration.ofSeconds(5));
        assertThat(retired).containsExactly("a");
        assertThat(closed).isEmpty();
        try (Lease next = lease("a")) {
            assertThat(next.directory()).isNotSameAs(old);
            assertThat(tenants.directories()).containsExactly(next.directory());
        }
        running.close();
        assertThat(opened).containsExactly("a", "a");
        assertThat(closed).containsExactly("a");
        assertThat(tenants.directories()).hasSize(1).doesNotContain(old);
    }

    @Test
    void withdrawnTenantIsClosedAtOnceWhenUnused() {
        lease("a").close();
        tenants.withdraw(new Tenant("a"));
        tenants.withdraw(new Tenant("never opened"));
        assertThat(closed).containsExactly("a");
        assertThat(retired).isEmpty();
        assertThat(tenants.open()).isEmpty();
    }

    @Test
    void unknownTenantIsNotStored() {
        TenantRegistry refusing = new TenantRegistry(
                tenant -> {
                    throw new UnknownTenantException(tenant);
                },
                2);
        assertThatThrownBy(() -> refusing.lease(new Tenant("a")))
                .isInstanceOf(UnknownTenantException.class)
                .hasMessage("Tenant is not configured: a");
        assertThat(refusing.open()).isEmpty();
    }

    private Lease lease(String tenant) {
        return tenants.lease(new Tenant(tenant));
    }

    private VendorDirectory open(Tenant tenant) {
        opened.add(tenant.name());
        return new VendorDirectory(
                new AccountSet(
                        List.of(new VendorAccount(PROFILE, NO_PORTS, new ClosingConnection(tenant.name()))),
                        new CursorCodec(new byte[] {1})),
                new ChangeFeed(1),
                Duration.ofSeconds(1));
    }

    /** Records whether it is closed. */
    private final class ClosingConnection implements Connection {

        private final String tenant;

        ClosingConnection(String tenant) {
            this.tenant = tenant;
        }

        @Override
        public Condition condition() {
            return Connection.NONE.condition();
        }

        @Override
        public long writeVersion() {
            return 0;
        }

        @Override
        public void retire() {
            retired.add(tenant);
        }

        @Override
        public void close() {
            closed.add(tenant);
        }
    }
}
