package io.taggateway.api;

import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.api.scope.DeniedTypeCheck;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.ForbiddenException;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.NodeId;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.node.NodeService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    Mono<Object> node(@Argument String id, VendorDirectory directory, GraphQLContext context) {
        NodeId parsed = NodeId.parse(id);
        DeniedTypeCheck.in(context).check(parsed);
        return nodes.find(directory, parsed);
    }

    /** If a vendor fails, only its objects are missing. */
    @QueryMapping
    Mono<DataFetcherResult<List<@Nullable Object>>> nodes(
            @Argument List<String> ids, VendorDirectory directory, DataFetchingEnvironment environment) {
        List<NodeId> parsed = ids.stream().map(NodeId::parse).toList();
        DeniedTypeCheck denied = DeniedTypeCheck.in(environment.getGraphQlContext());
        List<NodeId> allowed =
                parsed.stream().filter(id -> denied.refusal(id) == null).toList();
        return nodes.findAll(directory, allowed).map(lookups -> result(parsed, lookups, environment));
    }

    private static DataFetcherResult<List<@Nullable Object>> result(
            List<NodeId> ids, Map<NodeId, Lookup<Object>> lookups, DataFetchingEnvironment environment) {
        DeniedTypeCheck denied = DeniedTypeCheck.in(environment.getGraphQlContext());
        List<@Nullable Object> found = new ArrayList<>();
        Set<SourceException> failures = new LinkedHashSet<>();
        List<GraphQLError> refusals = new ArrayList<>();
        for (NodeId id : ids) {
            Lookup<Object> lookup = lookups.get(id);
            if (lookup instanceof Lookup.Failed<Object>(SourceException failure)) {
                failures.add(failure);
            }
            ForbiddenException refusal = denied.refusal(id);
            if (refusal != null) {
                refusals.add(ErrorRenderer.ofElement(refusal, environment, found.size()));
            }
            found.add(lookup instanceof Lookup.Found<Object>(Object object) ? object : null);
        }
        return ErrorRenderer.result(found, failures.stream(), environment).transform(result -> result.errors(refusals));
    }
}
