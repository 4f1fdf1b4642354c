package io.taggateway.api;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.tagging.call.CallFilter;
import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.contact.ContactService;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.group.TagGroupService;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagGroup;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.tag.TagFilter;
import io.taggateway.tagging.tag.TagOrder;
import io.taggateway.tagging.tag.TagOrder.SortDirection;
import io.taggateway.tagging.tag.TagOrder.TagOrderField;
import io.taggateway.tagging.tag.TagService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** Tags and their fields. */
@Controller
class TagController {

    private final TagService tags;
    private final TagGroupService groups;
    private final CallService calls;
    private final ContactService contacts;

    TagController(TagService tags, TagGroupService groups, CallService calls, ContactService contacts) {
        this.tags = tags;
        this.groups = groups;
        this.calls = calls;
        this.contacts = contacts;
    }

    @QueryMapping
    Mono<DataFetcherResult<Connection<Tag>>> tags(
            @Argument @Nullable TagFilter filter, VendorDirectory directory, DataFetchingEnvironment environment) {
        return tags.list(
                        directory,
                        ControllerArgumentResolver.orAll(filter, TagFilter.ALL),
                        order(environment),
                        ControllerArgumentResolver.page(environment))
                .map(connection -> ErrorRenderer.result(connection, environment));
    }

    /**
     * Read without reflection, as every query has an order, by default from the schema, and reflective binding is slow.
     */
    private static TagOrder order(DataFetchingEnvironment environment) {
        Map<String, String> order = environment.getArgument("orderBy");
        if (order == null) {
            return TagOrder.BY_NAME;
        }
        TagOrderField field = TagOrderField.valueOf(Objects.requireNonNull(order.get("field")));
        return new TagOrder(field, SortDirection.valueOf(Objects.requireNonNull(order.get("direction"))));
    }

    @QueryMapping
    Mono<Tag> tag(@Argument String id, VendorDirectory directory) {
        return tags.find(directory, GlobalId.parse(id, NodeType.TAG));
    }

    @SchemaMapping
    Mono<String> description(Tag tag, VendorDirectory directory) {
        return tags.complete(directory, tag).mapNotNull(Tag::description);
    }

    @SchemaMapping
    Mono<Map<String, Object>> raw(Tag tag, VendorDirectory directory) {
        return tags.complete(directory, tag).map(Tag::raw);
    }

    @BatchMapping
    Mono<Map<Tag, TagGroup>> group(List<Tag> tags, @ContextValue OperationContext operation) {
        return groups.groups(operation.directory(VendorDirectory.class), tags);
    }

    @SchemaMapping
    Mono<DataFetcherResult<Connection<Call>>> calls(
            Tag tag,
            @Argument @Nullable CallFilter filter,
            VendorDirectory directory,
            DataFetchingEnvironment environment) {
        return calls.listOf(
                        directory,
                        tag,
                        ControllerArgumentResolver.orAll(filter, CallFilter.ALL),
                        ControllerArgumentResolver.page(environment))
                .map(connection -> ErrorRenderer.result(connection, environment));
    }

    @SchemaMapping
    Mono<DataFetcherResult<Connection<Contact>>> contacts(
            Tag tag, VendorDirectory directory, DataFetchingEnvironment environment) {
        return contacts.listOf(directory, tag, ControllerArgumentResolver.page(environment))
                .map(connection -> ErrorRenderer.result(connection, environment));
    }
}
