package io.taggateway.api;

import graphql.GraphQLContext;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLNamedType;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.tagging.call.CallCountService;
import io.taggateway.tagging.contact.ContactCountService;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagGroup;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.paging.UseCount;
import io.taggateway.tagging.source.CallSource;
import io.taggateway.tagging.source.ContactSource;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The numbers of calls and contacts with a tag or with the tags of a group. All counts of an operation are computed
 * together.
 */
@Controller
class UseCountController {

    private final CallCountService calls;
    private final ContactCountService contacts;

    UseCountController(CallCountService calls, ContactCountService contacts, BatchLoaderRegistry registry) {
        this.calls = calls;
        this.contacts = contacts;
        for (String type : List.of("Tag", "TagGroup")) {
            register(registry, type + ".callCount", this::callCounts);
            register(registry, type + ".contactCount", this::contactCounts);
        }
    }

    /**
     * The bounds of a count. Counts with equal bounds are computed together.
     *
     * @param since calls that began at or after this instant; null for the default
     */
    private record Bounds(@Nullable Instant since, int upTo) {}

    /** One count: of the calls or contacts that have any of some tags. */
    private record Counted(List<Tag> tags, Bounds bounds) {}

    /** Counts of several sets of tags. */
    @FunctionalInterface
    private interface Counter {

        Mono<Map<List<Tag>, UseCount>> count(VendorDirectory directory, List<List<Tag>> sets, Bounds bounds);
    }

    @SchemaMapping(typeName = "Tag")
    CompletableFuture<DataFetcherResult<UseCount>> callCount(Tag tag, DataFetchingEnvironment environment) {
        return load(List.of(tag), environment);
    }

    @SchemaMapping(typeName = "Tag")
    CompletableFuture<DataFetcherResult<UseCount>> contactCount(Tag tag, DataFetchingEnvironment environment) {
        return load(List.of(tag), environment);
    }

    @SchemaMapping(typeName = "TagGroup")
    CompletableFuture<DataFetcherResult<UseCount>> callCount(
            TagGroup group, VendorDirectory directory, DataFetchingEnvironment environment) {
        Stream<Vendor> vendors = directory.calls().stream().map(CallSource::vendor);
        return load(group, vendors, environment);
    }

    @SchemaMapping(typeName = "TagGroup")
    CompletableFuture<DataFetcherResult<UseCount>> contactCount(
            TagGroup group, VendorDirectory directory, DataFetchingEnvironment environment) {
        Stream<Vendor> vendors = directory.contacts().stream().map(ContactSource::vendor);
        return load(group, vendors, environment);
    }

    /** The count of a group is not exact if the tag list of one of some vendors is not available. */
    private static CompletableFuture<DataFetcherResult<UseCount>> load(
            TagGroup group, Stream<Vendor> vendors, DataFetchingEnvironment environment) {
        boolean known = vendors.noneMatch(group.unknownFor()::contains);
        return load(group.tags(), environment).thenApply(result -> {
            UseCount count = result.getData();
            return known || count == null
                    ? result
                    : result.transform(builder -> builder.data(new UseCount(count.count(), false, count.sources())));
        });
    }

    private static CompletableFuture<DataFetcherResult<UseCount>> load(
            List<Tag> tags, DataFetchingEnvironment environment) {
        int upTo = environment.getArgumentOrDefault("upTo", PageArguments.MAX_SIZE);
        if (upTo < 1 || upTo > PageArguments.MAX_SIZE) {
            throw new BadInputException(
                    "`upTo` must be between 1 and " + PageArguments.MAX_SIZE + ", but is " + upTo + ".");
        }
        Counted counted = new Counted(tags, new Bounds(environment.getArgument("since"), upTo));
        String type = ((GraphQLNamedType) environment.getParentType()).getName();
        DataLoader<Counted, UseCount> loader = Objects.requireNonNull(
                environment.getDataLoader(type + "." + environment.getField().getName()));
        return loader.load(counted).thenApply(count -> result(count, environment));
    }

    private static DataFetcherResult<UseCount> result(UseCount count, DataFetchingEnvironment environment) {
        return ErrorRenderer.result(
                count,
                count.sources().stream()
                        .filter(outcome -> outcome.status() == SourceStatus.FAILED)
                        .map(SourceOutcome::failure)
                        .filter(Objects::nonNull),
                environment);
    }

    private Mono<Map<List<Tag>, UseCount>> callCounts(VendorDirectory directory, List<List<Tag>> sets, Bounds bounds) {
        return calls.counts(directory, sets, bounds.since(), bounds.upTo());
    }

    private Mono<Map<List<Tag>, UseCount>> contactCounts(
            VendorDirectory directory, List<List<Tag>> sets, Bounds bounds) {
        return contacts.counts(directory, sets, bounds.upTo());
    }

    private static void register(BatchLoaderRegistry registry, String field, Counter counter) {
        registry.<Counted, UseCount>forName(field)
                .registerMappedBatchLoader((all, environment) -> count(all, environment, counter));
    }

    private static Mono<Map<Counted, UseCount>> count(
            Set<Counted> all, BatchLoaderEnvironment environment, Counter counter) {
        GraphQLContext context = Objects.requireNonNull(environment.getContext());
        VendorDirectory directory =
                OperationContext.require(context.get(OperationContext.KEY)).directory(VendorDirectory.class);
        Map<Bounds, List<List<Tag>>> sets = all.stream()
                .collect(
                        Collectors.groupingBy(Counted::bounds, Collectors.mapping(Counted::tags, Collectors.toList())));
        return Flux.fromIterable(sets.entrySet())
                .concatMap(entry -> counter.count(directory, entry.getValue(), entry.getKey())
                        .flatMapIterable(Map::entrySet)
                        .map(count -> Map.entry(new Counted(count.getKey(), entry.getKey()), count.getValue())))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
