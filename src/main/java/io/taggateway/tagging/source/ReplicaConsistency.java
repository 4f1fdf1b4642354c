package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Tenant;
import reactor.core.publisher.Mono;

/** Lets a caller read at any replica what it wrote at another one. */
public interface ReplicaConsistency {

    /** A token for all writes of a tenant through this replica so far. */
    String token(Tenant tenant);

    /** Completes when reads show all writes of a token. Never fails, even if the text is no token. */
    Mono<Void> await(Tenant tenant, String token);
}
