package io.taggateway.api.federation;

import com.apollographql.federation.graphqljava._Entity;
import graphql.GraphQLError;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.GatewayErrors;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.group.TagGroupService;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GatewayException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.TagGroup;
import io.taggateway.tagging.node.NodeService;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.paging.PageArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Answers {@code _entities}: objects in the order of their references, null for what is not there, and an entry in
 * {@code errors} for each reference that is malformed or whose vendor failed. Spring's own fetcher knows no errors of
 * single references among many.
 */
@Component
class EntitiesFetcher implements DataFetcher<Mono<DataFetcherResult<List<@Nullable Object>>>> {

    private final NodeService nodes;
    private final TagGroupService groups;

    EntitiesFetcher(NodeService nodes, TagGroupService groups) {
        this.nodes = nodes;
        this.groups = groups;
    }

    @Override
    public Mono<DataFetcherResult<List<@Nullable Object>>> get(DataFetchingEnvironment environment) {
        List<Object> representations = environment.getArgumentOrDefault(_Entity.argumentName, List.of());
        if (representations.size() > PageArguments.MAX_SIZE) {
            throw new BadInputException("`representations` may have " + PageArguments.MAX_SIZE + " entries, but has "
                    + representations.size() + ".");
        }
        VendorDirectory directory = OperationContext.require(
                        environment.getGraphQlContext().get(OperationContext.KEY))
                .directory(VendorDirectory.class);
        List<EntityReference> references =
                representations.stream().map(EntityReference::of).toList();
        return Mono.zip(
                        nodes.findAll(directory, ids(references)),
                        groups.findAll(directory, slugs(references)),
                        (found, foundGroups) -> references.stream()
                                .map(reference -> lookup(reference, found, foundGroups))
                                .toList())
                .map(lookups -> result(lookups, environment));
    }

    private static List<GlobalId> ids(List<EntityReference> references) {
        return references.stream()
                .filter(EntityReference.ToNode.class::isInstance)
                .map(reference -> ((EntityReference.ToNode) reference).id())
                .toList();
    }

    private static List<String> slugs(List<EntityReference> references) {
        return references.stream()
                .filter(EntityReference.ToGroup.class::isInstance)
                .map(reference -> ((EntityReference.ToGroup) reference).slug())
                .toList();
    }

    private static Lookup<?> lookup(
            EntityReference reference, Map<GlobalId, Lookup<Object>> nodes, Map<String, Lookup<TagGroup>> groups) {
        return switch (reference) {
            case EntityReference.ToNode node -> Objects.requireNonNull(nodes.get(node.id()));
            case EntityReference.ToGroup group -> Objects.requireNonNull(groups.get(group.slug()));
            case EntityReference.Malformed malformed -> new Lookup.Failed<>(malformed.error());
        };
    }

    private static DataFetcherResult<List<@Nullable Object>> result(
            List<? extends Lookup<?>> lookups, DataFetchingEnvironment environment) {
        List<@Nullable Object> found = new ArrayList<>();
        List<GraphQLError> errors = new ArrayList<>();
        for (Lookup<?> lookup : lookups) {
            if (lookup instanceof Lookup.Failed<?>(GatewayException failure)) {
                errors.add(GatewayErrors.ofElement(failure, environment, found.size()));
            }
            found.add(lookup instanceof Lookup.Found<?>(Object object) ? object : null);
        }
        return DataFetcherResult.<List<@Nullable Object>>newResult()
                .data(found)
                .errors(errors)
                .build();
    }
}
