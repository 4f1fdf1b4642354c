package io.taggateway.tagging.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a tenant's directory is open. */
class TenantRegistryTests {

    private final List<String> opened = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final TenantRegistry tenants = new TenantRegistry(this::open, 2);

    @Test
    void directoryIsOpenedWhenItIsFirstNeededAndKept() {
        try (Lease first = lease("a")) {
            assertThat(lease("a").directory()).isSameAs(first.directory());
        }
        assertThat(tenants.lease().directory()).isSameAs(lease("default").directory());
        assertThat(opened).containsExactly("a", "default");
        assertThat(closed).isEmpty();
    }

    @Test
    void idleDirectoryThatWasUsedLongestAgoIsClosedWhenThereAreTooMany() {
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
    void directoriesInUseAreNotClosedHoweverManyThereAre() {
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

    private Lease lease(String tenant) {
        return tenants.lease(new Tenant(tenant));
    }

    private VendorDirectory open(Tenant tenant) {
        opened.add(tenant.name());
        ChangeFeed feed = new ChangeFeed(1);
        feed.subjects(event -> true)
                .doOnComplete(() -> closed.add(tenant.name()))
                .subscribe();
        return new VendorDirectory(List.of(), feed, Duration.ofSeconds(1));
    }
}
