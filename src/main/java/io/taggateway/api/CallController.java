package io.taggateway.api;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.tagging.call.CallFilter;
import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.contact.ContactMatcher;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
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
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** Calls and their fields. */
@Controller
class CallController {

    private final CallService calls;
    private final ContactMatcher matcher;

    CallController(CallService calls, ContactMatcher matcher) {
        this.calls = calls;
        this.matcher = matcher;
    }

    @QueryMapping
    Mono<DataFetcherResult<Connection<Call>>> calls(
            @Argument @Nullable CallFilter filter, VendorDirectory directory, DataFetchingEnvironment environment) {
        return calls.list(
                        directory,
                        ControllerArgumentResolver.orAll(filter, CallFilter.ALL),
                        ControllerArgumentResolver.page(environment))
                .map(connection -> ErrorRenderer.result(connection, environment));
    }

    @QueryMapping
    Mono<Call> call(@Argument String id, VendorDirectory directory) {
        return calls.find(directory, GlobalId.parse(id, NodeType.CALL));
    }

    @BatchMapping
    Mono<Map<Call, Try<Contact>>> contact(List<Call> calls, @ContextValue OperationContext operation) {
        return matcher.contacts(operation.directory(VendorDirectory.class), calls)
                .map(ErrorRenderer::each);
    }
}
