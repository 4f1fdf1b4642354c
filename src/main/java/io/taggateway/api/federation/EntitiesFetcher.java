package io.taggateway.api.federation;

import com.apollographql.federation.graphqljava._Entity;
import graphql.GraphQLError;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.api.scope.DeniedTypeCheck;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.group.TagGroupService;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.ForbiddenException;
import io.taggateway.tagging.model.GatewayException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.NodeId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.TagGroup;
import io.taggateway.tagging.model.Unicode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.node.NodeService;
import io.taggateway.tagging.operation.OperationContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Fetches {@code _entities}: objects in the order of their references, null for unknown ones, and an entry in
 * {@code errors} for each reference that is malformed or whose vendor failed. Spring's own fetcher does not support
 * errors of single references.
 */
@Component
class EntitiesFetcher implements DataFetcher<Mono<DataFetcherResult<List<@Nullable Object>>>> {

    /** The length of the longest id and slug. */
    private static final int MAX_LENGTH = 600;

    private final NodeService nodes;
    private final TagGroupService groups;

    EntitiesFetcher(NodeService nodes, TagGroupService groups) {
        this.nodes = nodes;
        this.groups = groups;
    }

    @Override
    public Mono<DataFetcherResult<List<@Nullable Object>>> get(DataFetchingEnvironment environment) {
        List<Object> representations = environment.getArgumentOrDefault(_Entity.argumentName, List.of());
        DeniedTypeCheck denied = DeniedTypeCheck.in(environment.getGraphQlContext());
        List<Object> keys = representations.stream()
                .map(representation -> key(representation, denied))
                .toList();
        VendorDirectory directory = OperationContext.require(
                        environment.getGraphQlContext().get(OperationContext.KEY))
                .directory(VendorDirectory.class);
        return Mono.zip(
                        nodes.findAll(directory, keysOf(NodeId.class, keys)),
                        groups.findAll(directory, keysOf(String.class, keys)),
                        (found, foundGroups) -> keys.stream()
                                .map(key -> lookup(key, found, foundGroups))
                                .toList())
                .map(lookups -> result(lookups, environment));
    }

    private static <T> List<T> keysOf(Class<T> type, List<Object> keys) {
        return keys.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static Lookup<?> lookup(
            Object key, Map<NodeId, Lookup<Object>> nodes, Map<String, Lookup<TagGroup>> groups) {
        return key instanceof GatewayException refusal
                ? new Lookup.Failed<>(refusal)
                : Objects.requireNonNull(key instanceof NodeId id ? nodes.get(id) : groups.get(key));
    }

    /** The id or the slug in a representation, or the error if it has none. */
    private static Object key(Object representation, DeniedTypeCheck denied) {
        Map<?, ?> fields = representation instanceof Map<?, ?> map ? map : Map.of();
        try {
            String type = text(fields, "__typename");
            ForbiddenException refusal = denied.refusal(type);
            if (refusal != null) {
                return refusal;
            }
            return switch (type) {
                case "Tag" -> id(fields, NodeType.TAG);
                case "Call" -> id(fields, NodeType.CALL);
                case "Contact" -> id(fields, NodeType.CONTACT);
                case "TagGroup" -> text(fields, "slug");
                default ->
                    new BadInputException("`" + BadInputException.excerpt(type) + "` is no entity of this graph.");
            };
        } catch (BadInputException e) {
            return e;
        }
    }

    private static GlobalId id(Map<?, ?> fields, NodeType type) {
        if (fields.get("id") != null) {
            return GlobalId.parse(text(fields, "id"), type);
        }
        String name = text(fields, "vendor");
        Vendor vendor = Arrays.stream(Vendor.values())
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException("`" + BadInputException.excerpt(name) + "` is no vendor."));
        return GlobalId.parse(GlobalId.of(vendor, type, text(fields, "remoteId")), type);
    }

    private static String text(Map<?, ?> fields, String key) {
        if (fields.get(key) instanceof String text && text.length() <= MAX_LENGTH && !Unicode.hasLoneSurrogate(text)) {
            return text;
        }
        throw new BadInputException(
                "A representation needs `" + key + "` as a text of at most " + MAX_LENGTH + " characters.");
    }

    private static DataFetcherResult<List<@Nullable Object>> result(
            List<? extends Lookup<?>> lookups, DataFetchingEnvironment environment) {
        List<@Nullable Object> found = new ArrayList<>();
        List<GraphQLError> errors = new ArrayList<>();
        for (Lookup<?> lookup : lookups) {
            if (lookup instanceof Lookup.Failed<?>(GatewayException failure)) {
                errors.add(ErrorRenderer.ofElement(failure, environment, found.size()));
            }
            found.add(lookup instanceof Lookup.Found<?>(Object object) ? object : null);
        }
        return DataFetcherResult.<List<@Nullable Object>>newResult()
                .data(found)
                .errors(errors)
                .build();
    }
}
