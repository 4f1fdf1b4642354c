package io.taggateway.api;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.node.NodeService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** Objects of any type by their ids. */
@Controller
class NodeController {

    private final NodeService nodes;

    NodeController(NodeService nodes) {
        this.nodes = nodes;
    }

    @QueryMapping
    Mono<Object> node(@Argument String id, VendorDirectory directory) {
        return nodes.find(directory, GlobalId.parse(id));
    }

    /** A vendor that fails costs its objects only. */
    @QueryMapping
    Mono<DataFetcherResult<List<@Nullable Object>>> nodes(
            @Argument List<String> ids, VendorDirectory directory, DataFetchingEnvironment environment) {
        List<GlobalId> parsed = ids.stream().map(GlobalId::parse).toList();
        return nodes.findAll(directory, parsed).map(lookups -> {
            List<@Nullable Object> found = new ArrayList<>();
            Set<SourceException> failures = new LinkedHashSet<>();
            for (GlobalId id : parsed) {
                Lookup<Object> lookup = Objects.requireNonNull(lookups.get(id));
                found.add(lookup instanceof Lookup.Found<Object>(Object object) ? object : null);
                if (lookup instanceof Lookup.Failed<Object>(SourceException failure)) {
                    failures.add(failure);
                }
            }
            return ErrorRenderer.result(found, failures.stream(), environment);
        });
    }
}
