package io.taggateway.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.GraphQLContext;
import io.taggateway.api.scope.DeniedTypeCheck;
import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.contact.ContactMatcher;
import io.taggateway.tagging.contact.ContactService;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.SubjectTagsEvent;
import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.VendorRequestScope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The subscriptions, and the fields of their events. */
@Controller
class SubscriptionController {

    /**
     * The scope of each event, which is shared by all subscriptions that receive it. Events are compared by identity,
     * as equal ones may be published again or to other tenants.
     */
    private final Cache<Object, VendorRequestScope> requests =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    private final CallService calls;
    private final ContactService contacts;
    private final ContactMatcher matcher;

    SubscriptionController(CallService calls, ContactService contacts, ContactMatcher matcher) {
        this.calls = calls;
        this.contacts = contacts;
        this.matcher = matcher;
    }

    @SubscriptionMapping
    Flux<TagEvent> tagChanged(
            @Argument @Nullable List<Vendor> vendors, VendorDirectory directory, GraphQLContext context) {
        return directory.watch().changes(vendors).doOnNext(event -> begin(event, context));
    }

    @SubscriptionMapping
    Flux<SubjectTagsEvent> subjectTagsChanged(
            @Argument @Nullable String subjectId, VendorDirectory directory, GraphQLContext context) {
        String wanted =
                subjectId == null ? null : GlobalId.parseSubject(subjectId).toString();
        DeniedTypeCheck denied = DeniedTypeCheck.in(context);
        return directory
                .feed()
                .subjects(event -> (wanted == null || event.subjectId().equals(wanted))
                        && denied.refusal(GlobalId.parseSubject(event.subjectId())) == null)
                .doOnNext(event -> begin(event, context));
    }

    /** The key, by type, of the scope in which the next event of a subscription is resolved. */
    private void begin(Object event, GraphQLContext context) {
        context.put(VendorRequestScope.class, requests.get(event, asked -> VendorRequestScope.ofEvent()));
    }

    @SchemaMapping(typeName = "SubjectTagsChange")
    Mono<? extends Taggable> subject(SubjectTagsEvent event, VendorDirectory directory) {
        if (event.subject() != null) {
            return Mono.just(event.subject());
        }
        GlobalId id = GlobalId.parse(event.subjectId());
        return id.type() == NodeType.CALL ? calls.find(directory, id) : contacts.find(directory, id);
    }

    @SchemaMapping(typeName = "SubjectTagsChange")
    Mono<List<Tag>> tags(SubjectTagsEvent event, VendorDirectory directory) {
        return event.tags() != null
                ? Mono.just(event.tags())
                : subject(event, directory).flatMap(subject -> switch (subject) {
                    case Call call -> calls.tags(directory, call);
                    case Contact contact ->
                        matcher.tags(directory, List.of(contact))
                                .mapNotNull(tags -> tags.get(contact))
                                .flatMap(Lookup::toMono);
                });
    }
}
