package io.taggateway.api;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.tagging.CallService;
import io.taggateway.tagging.ContactService;
import io.taggateway.tagging.TagService;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.paging.PageArguments;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Objects of any type by their ids. */
@Controller
class NodeController {

    private static final int AT_ONCE = 8;

    private final TagService tags;
    private final CallService calls;
    private final ContactService contacts;

    NodeController(TagService tags, CallService calls, ContactService contacts) {
        this.tags = tags;
        this.calls = calls;
        this.contacts = contacts;
    }

    @QueryMapping
    Mono<Object> node(@Argument String id, @ContextValue Tenant tenant) {
        return find(tenant, GlobalId.parse(id));
    }

    /** A vendor that fails costs its objects only. */
    @QueryMapping
    Mono<DataFetcherResult<List<@Nullable Object>>> nodes(
            @Argument List<String> ids, @ContextValue Tenant tenant, DataFetchingEnvironment environment) {
        if (ids.size() > PageArguments.MAX_SIZE) {
            throw new BadInputException(
                    "`ids` may have " + PageArguments.MAX_SIZE + " entries, but has " + ids.size() + ".");
        }
        List<GlobalId> parsed = ids.stream().map(GlobalId::parse).toList();
        Map<GlobalId, Object> found = new ConcurrentHashMap<>();
        Set<SourceException> failures = ConcurrentHashMap.newKeySet();
        return Flux.fromIterable(new LinkedHashSet<>(parsed))
                .flatMap(
                        id -> find(tenant, id)
                                .doOnNext(node -> found.put(id, node))
                                .onErrorResume(SourceException.class, failure -> {
                                    failures.add(failure);
                                    return Mono.empty();
                                }),
                        AT_ONCE)
                .then(Mono.fromSupplier(() -> {
                    List<@Nullable Object> nodes = new ArrayList<>();
                    parsed.forEach(id -> nodes.add(found.get(id)));
                    return GatewayErrors.result(nodes, failures.stream(), environment);
                }));
    }

    private Mono<Object> find(Tenant tenant, GlobalId id) {
        return switch (id.type()) {
            case TAG -> tags.find(tenant, id).cast(Object.class);
            case CALL -> calls.find(tenant, id).cast(Object.class);
            case CONTACT -> contacts.find(tenant, id).cast(Object.class);
        };
    }
}
