package io.taggateway.api;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.api.error.GatewayErrors;
import io.taggateway.tagging.call.CallFilter;
import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.contact.ContactMatcher;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
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

/** Calls, and what hangs on one. */
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
            @Argument @Nullable CallFilter filter, @ContextValue Tenant tenant, DataFetchingEnvironment environment) {
        return calls.list(tenant, Arguments.orAll(filter, CallFilter.ALL), Arguments.page(environment))
                .map(connection -> GatewayErrors.result(connection, environment));
    }

    @QueryMapping
    Mono<Call> call(@Argument String id, @ContextValue Tenant tenant) {
        return calls.find(tenant, GlobalId.parse(id, NodeType.CALL));
    }

    @SchemaMapping
    Mono<List<Tag>> tags(Call call, @ContextValue Tenant tenant) {
        return calls.tags(tenant, call);
    }

    @BatchMapping
    Mono<Map<Call, Try<Contact>>> contact(List<Call> calls, @ContextValue Tenant tenant) {
        return matcher.contacts(tenant, calls).map(Outcomes::each);
    }
}
