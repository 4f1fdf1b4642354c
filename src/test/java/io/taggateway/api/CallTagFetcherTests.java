package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingEnvironmentImpl;
import io.taggateway.tagging.TaggingFixture;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.Caller;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.OperationContext.Origin;
import io.taggateway.tagging.operation.OperationDeadline;
import io.taggateway.tagging.source.SampleFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of the tags of calls. */
class CallTagFetcherTests {

    private static final Tag VIP = SampleFactory.tag(Vendor.SIPSIM, "1", "VIP");

    private final TaggingFixture fixture = TaggingFixture.ofBoth();
    private final CallTagFetcher fetcher = new CallTagFetcher(fixture.callService());

    @Test
    void tagsAreReturnedUnchangedWhenTheVendorIncludesThem() {
        assertThat(fetcher.get(environment(call(List.of(VIP))))).isEqualTo(List.of(VIP));
    }

    @Test
    void tagsAreReadWhenTheVendorHasOmittedThem() {
        fixture.calls.with(SampleFactory.call(Vendor.SIPSIM, "c1", VIP));
        assertThat(fetcher.get(environment(call(null))))
                .isInstanceOfSatisfying(
                        CompletableFuture.class, tags -> assertThat(tags.join()).isEqualTo(List.of(VIP)));
    }

    private DataFetchingEnvironment environment(Call call) {
        OperationContext operation = OperationContext.begin(
                new Origin(Caller.ANYONE, "id", fixture.directory),
                OperationDeadline.in(fixture.clock, Duration.ofSeconds(1)));
        return DataFetchingEnvironmentImpl.newDataFetchingEnvironment()
                .source(call)
                .graphQLContext(GraphQLContext.of(Map.of(OperationContext.KEY, operation)))
                .build();
    }

    private static Call call(@Nullable List<Tag> tags) {
        return new Call(Vendor.SIPSIM, "c1", CallType.INBOUND, null, null, null, null, tags);
    }
}
