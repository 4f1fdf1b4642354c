package io.taggateway.tagging.contact;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NamePart;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.ConnectionReader;
import io.taggateway.tagging.paging.ListScope;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.paging.SourceList;
import io.taggateway.tagging.source.ContactSource;
import io.taggateway.tagging.source.ContactSource.ContactQuery;
import io.taggateway.tagging.tag.TagRef;
import io.taggateway.tagging.tag.TagReferenceResolver;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The contacts of all vendors that have any. */
@Service
public class ContactService {

    private final ConnectionReader connections;
    private final Clock clock;

    public ContactService(ConnectionReader connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /** The contacts that match a filter. */
    public Mono<Connection<Contact>> list(VendorDirectory directory, ContactFilter filter, PageArguments arguments) {
        ListScope scope = ListScope.of(directory.cursors(), "contacts", filter);
        List<ContactSource> sources = directory.contacts();
        connections.check(sources.stream().map(ContactSource::vendor).toList(), arguments, scope);
        return Flux.fromIterable(sources)
                .concatMap(source -> select(directory, source, filter))
                .collectList()
                .flatMap(lists -> connections.read(lists, arguments, scope))
                .map(connection -> connection.withSources(directory.skipped(Capability.LIST_CONTACTS)));
    }

    /** The contacts with a tag; none for a vendor without contacts. */
    public Mono<Connection<Contact>> listOf(VendorDirectory directory, Tag tag, PageArguments arguments) {
        ContactSource source = directory.findContacts(tag.vendor());
        ListScope scope = ListScope.of(directory.cursors(), "contacts", tag.id());
        List<Vendor> vendors = source == null ? List.of() : List.of(source.vendor());
        connections.check(vendors, arguments, scope);
        return source == null
                ? Mono.just(Connection.empty(List.of()))
                : connections.read(
                        List.of(list(source, new ContactQuery(null, tag.remoteId()), null)), arguments, scope);
    }

    /** One contact; empty if there is none. */
    public Mono<Contact> find(VendorDirectory directory, GlobalId id) {
        return Mono.defer(() -> {
            ContactSource source = directory.findContacts(id.vendor());
            return source == null ? Mono.empty() : source.find(id.remoteId());
        });
    }

    private Mono<SourceList<Contact>> select(VendorDirectory directory, ContactSource source, ContactFilter filter) {
        Vendor vendor = source.vendor();
        TagRef tag = filter.tag();
        if (tag == null) {
            return Mono.just(list(source, new ContactQuery(filter.search(), null), null));
        }
        return TagReferenceResolver.remoteIds(directory, vendor, List.of(tag))
                .map(refs -> tagged(source, filter.search(), refs.getFirst()))
                .onErrorResume(SourceException.class, failure -> Mono.just(SourceList.failed(vendor, failure)));
    }

    /** Vendors can list the contacts of a tag but not search among them, so the gateway does. */
    private SourceList<Contact> tagged(ContactSource source, @Nullable String search, Set<String> tagIds) {
        if (tagIds.isEmpty()) {
            return SourceList.empty(source.vendor(), clock.instant());
        }
        if (tagIds.size() > 1) {
            throw new BadInputException("Several tags match `tag`; name one by its id.");
        }
        NamePart part = search == null ? null : new NamePart(search);
        Predicate<Contact> filter = part == null ? null : contact -> ContactFilter.matches(contact, part);
        return list(source, new ContactQuery(null, tagIds.iterator().next()), filter);
    }

    private static SourceList<Contact> list(
            ContactSource source, ContactQuery query, @Nullable Predicate<Contact> filter) {
        return new SourceList<>(
                source.vendor(),
                (page, limit) -> source.list(query, page, limit),
                source.maxPageSize(),
                Contact::remoteId,
                filter);
    }
}
