package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQLContext;
import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.contact.ContactMatcher;
import io.taggateway.tagging.contact.ContactService;
import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.VendorRequestScope;
import io.taggateway.tagging.paging.ConnectionReader;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.source.SampleFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Tests of the tenant of the vendor requests of an event. */
class TenantEventTests {

    private final Clock clock = Clock.systemUTC();
    private final ConnectionReader connections = new ConnectionReader(1);
    private final SubscriptionController controller = new SubscriptionController(
            new CallService(connections, number -> true, clock),
            new ContactService(connections, new ContactMatcher(number -> true), number -> true, clock),
            new ContactMatcher(number -> true));

    @Test
    void noVendorRequestsAreSharedByEqualEventsOfTwoTenants() {
        TagEvent event = event();
        VendorRequestScope first = scope(event);
        assertThat(scope(event)).isSameAs(first);
        assertThat(scope(event())).isNotSameAs(first);
    }

    private static TagEvent event() {
        return TagEvent.created(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"), SampleFactory.NOON);
    }

    /** The scope in which a subscriber of a directory resolves an event. */
    private VendorRequestScope scope(TagEvent event) {
        ChangeFeed feed = new ChangeFeed(8);
        GraphQLContext context = GraphQLContext.newContext().build();
        StepVerifier.create(controller.tagChanged(null, directory(feed), context))
                .then(() -> feed.publish(List.of(event)))
                .expectNext(event)
                .thenCancel()
                .verify(Duration.ofSeconds(5));
        return context.get(VendorRequestScope.class);
    }

    private static VendorDirectory directory(ChangeFeed feed) {
        return new VendorDirectory(
                new AccountSet(List.of(), new CursorCodec(new byte[] {1})), feed, Duration.ofDays(1));
    }
}
