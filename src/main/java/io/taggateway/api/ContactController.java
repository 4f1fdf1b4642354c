package io.taggateway.api;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.tagging.call.CallFilter;
import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.contact.ContactFilter;
import io.taggateway.tagging.contact.ContactMatcher;
import io.taggateway.tagging.contact.ContactService;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.paging.Connection;
import java.util.List;
import java.util.Map;
import org.dataloader.Try;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** Contacts and their fields. */
@Controller
class ContactController {

    private final ContactService contacts;
    private final ContactMatcher matcher;
    private final CallService calls;

    ContactController(ContactService contacts, ContactMatcher matcher, CallService calls) {
        this.contacts = contacts;
        this.matcher = matcher;
        this.calls = calls;
    }

    @QueryMapping
    Mono<DataFetcherResult<Connection<Contact>>> contacts(
            @Argument @Nullable ContactFilter filter, VendorDirectory directory, DataFetchingEnvironment environment) {
        return contacts.list(
                        directory,
                        ControllerArgumentResolver.orAll(filter, ContactFilter.ALL),
                        ControllerArgumentResolver.page(environment))
                .map(connection -> ErrorRenderer.result(connection, environment));
    }

    @QueryMapping
    Mono<Contact> contact(@Argument String id, VendorDirectory directory) {
        return contacts.find(directory, GlobalId.parse(id, NodeType.CONTACT));
    }

    @BatchMapping
    Mono<Map<Contact, Try<List<Tag>>>> tags(List<Contact> contacts, @ContextValue OperationContext operation) {
        return matcher.tags(operation.directory(VendorDirectory.class), contacts)
                .map(ErrorRenderer::each);
    }

    @SchemaMapping
    Mono<DataFetcherResult<Connection<Call>>> calls(
            Contact contact,
            @Argument @Nullable CallFilter filter,
            VendorDirectory directory,
            DataFetchingEnvironment environment) {
        return calls.listOf(
                        directory,
                        contact,
                        ControllerArgumentResolver.orAll(filter, CallFilter.ALL),
                        ControllerArgumentResolver.page(environment))
                .map(connection -> ErrorRenderer.result(connection, environment));
    }
}
