package io.taggateway.api;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.group.TagGroupFilter;
import io.taggateway.tagging.group.TagGroupService;
import io.taggateway.tagging.model.TagGroup;
import io.taggateway.tagging.paging.Connection;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** Groups of tags with the same slug. */
@Controller
class TagGroupController {

    private final TagGroupService groups;

    TagGroupController(TagGroupService groups) {
        this.groups = groups;
    }

    @QueryMapping
    Mono<DataFetcherResult<Connection<TagGroup>>> tagGroups(
            @Argument @Nullable TagGroupFilter filter, VendorDirectory directory, DataFetchingEnvironment environment) {
        return groups.list(
                        directory,
                        ControllerArgumentResolver.orAll(filter, TagGroupFilter.ALL),
                        ControllerArgumentResolver.page(environment))
                .map(connection -> ErrorRenderer.result(connection, environment));
    }

    @QueryMapping
    Mono<TagGroup> tagGroup(@Argument String slug, VendorDirectory directory) {
        return groups.find(directory, slug);
    }
}
