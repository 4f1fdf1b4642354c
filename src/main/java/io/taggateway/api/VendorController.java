package io.taggateway.api;

import io.taggateway.api.error.SourceError;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.directory.VendorState;
import io.taggateway.tagging.directory.VendorState.CachedTags;
import io.taggateway.tagging.operation.MonotonicClock;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.source.SourceOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** Vendors, and their outcomes in responses. */
@Controller
class VendorController {

    private final Clock clock;

    VendorController(Clock clock) {
        this.clock = clock;
    }

    @QueryMapping
    Mono<List<VendorState>> vendors(VendorDirectory directory) {
        return OperationContext.defer(operation -> {
            operation.cacheHint().useUncached();
            return Mono.just(
                    directory.accounts().stream().map(VendorAccount::state).toList());
        });
    }

    @SchemaMapping
    @Nullable
    Instant fetchedAt(SourceOutcome outcome) {
        return outcome.fetchedAt() == null ? null : MonotonicClock.toWall(clock, outcome.fetchedAt());
    }

    @SchemaMapping(typeName = "TagListInfo")
    Instant fetchedAt(CachedTags tags) {
        return MonotonicClock.toWall(clock, tags.fetchedAt());
    }

    @SchemaMapping
    @Nullable
    SourceError error(SourceOutcome outcome) {
        return outcome.failure() == null ? null : SourceError.of(outcome.failure());
    }
}
