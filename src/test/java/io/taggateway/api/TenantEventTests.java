package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQLContext;
import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.contact.ContactMatcher;
import io.taggateway.tagging.contact.ContactService;
import io.taggateway.tagging.directory.TenantRegistry.Accounts;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.VendorRequestScope;
import io.taggateway.tagging.paging.ConnectionReader;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.source.Samples;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Whose the requests are that an event needs. */
class TenantEventTests {

    private static final TagEvent EVENT = TagEvent.created(Samples.tag(Vendor.SIPSIM, "1", "VIP"), Samples.NOON);

    private final Clock clock = Clock.systemUTC();
    private final ConnectionReader connections = new ConnectionReader(1);
    private final SubscriptionController controller = new SubscriptionController(
            new CallService(connections, number -> true, clock),
            new ContactService(connections, clock),
            new ContactMatcher(number -> true));

    @Test
    void equalEventsOfTwoTenantsShareNoVendorRequests() {
        ChangeFeed feed = new ChangeFeed(8);
        VendorDirectory directory = directory(feed);
        VendorRequestScope first = scope(directory, feed);
        assertThat(scope(directory, feed)).isSameAs(first);
        ChangeFeed otherFeed = new ChangeFeed(8);
        assertThat(scope(directory(otherFeed), otherFeed)).isNotSameAs(first);
    }

    /** The scope in which a listener resolves the event. */
    private VendorRequestScope scope(VendorDirectory directory, ChangeFeed feed) {
        GraphQLContext context = GraphQLContext.newContext().build();
        StepVerifier.create(controller.tagChanged(null, directory, context))
                .then(() -> feed.publish(List.of(EVENT)))
                .expectNext(EVENT)
                .thenCancel()
                .verify(Duration.ofSeconds(5));
        return context.get(VendorRequestScope.class);
    }

    private static VendorDirectory directory(ChangeFeed feed) {
        return new VendorDirectory(new Accounts(List.of(), new CursorCodec(new byte[] {1})), feed, Duration.ofDays(1));
    }
}
