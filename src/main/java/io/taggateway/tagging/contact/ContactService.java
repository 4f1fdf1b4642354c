package io.taggateway.tagging.contact;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Capability;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.NamePart;
import io.taggateway.tagging.model.PhoneDigitSearch;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.ConnectionReader;
import io.taggateway.tagging.paging.ListScope;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.paging.SourceList;
import io.taggateway.tagging.paging.SourceList.PageReader;
import io.taggateway.tagging.source.ContactSource;
import io.taggateway.tagging.source.ContactSource.ContactQuery;
import io.taggateway.tagging.source.PhoneNumberRule;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import io.taggateway.tagging.tag.TagRef;
import io.taggateway.tagging.tag.TagReferenceResolver;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final ContactMatcher matcher;
    private final PhoneNumberRule numbers;
    private final Clock clock;

    public ContactService(ConnectionReader connections, ContactMatcher matcher, PhoneNumberRule numbers, Clock clock) {
        this.connections = connections;
        this.matcher = matcher;
        this.numbers = numbers;
        this.clock = clock;
    }

    /** The contacts that match a filter. */
    public Mono<Connection<Contact>> list(VendorDirectory directory, ContactFilter given, PageArguments arguments) {
        ContactFilter filter = given.normalized(numbers);
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
            return Mono.just(filter.phone() == null ? searched(source, filter.search()) : ofPhone(source, filter));
        }
        return TagReferenceResolver.remoteIds(directory, vendor, List.of(tag))
                .map(refs -> filter.phone() == null
                        ? tagged(source, filter.search(), refs.getFirst())
                        : ofPhone(directory, source, filter, refs.getFirst()))
                .onErrorResume(SourceException.class, failure -> Mono.just(SourceList.failed(vendor, failure)));
    }

    /**
     * Searches by number if the text consists of its digits, as some vendors search names and addresses only. If no
     * number is found, searches by text.
     */
    private SourceList<Contact> searched(ContactSource source, @Nullable String search) {
        ContactQuery query = new ContactQuery(search, null);
        String digits = search == null ? "" : PhoneDigitSearch.ofSearch(search);
        if (digits.isEmpty()) {
            return list(source, query, null);
        }
        PageReader<Contact> reader = (page, limit) -> page.equals(PageToken.FIRST)
                ? source.listByPhone(List.of("+" + digits))
                        .map(found -> found.stream()
                                .filter(contact -> PhoneDigitSearch.isIn(contact.phone(), digits))
                                .toList())
                        .filter(found -> !found.isEmpty())
                        .map(this::onePage)
                        .switchIfEmpty(Mono.defer(() -> source.list(query, page, limit)))
                : source.list(query, page, limit);
        return new SourceList<>(source.vendor(), reader, source.maxPageSize(), Contact::remoteId, null);
    }

    /** Lists the contacts of one tag. Vendors cannot search among these, so the gateway applies the search. */
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

    /**
     * The contacts with a number. Vendors find contacts by their numbers only, so the gateway applies the rest of the
     * filter.
     */
    private SourceList<Contact> ofPhone(ContactSource source, ContactFilter filter) {
        PageReader<Contact> reader =
                (page, limit) -> listOfPhone(source, filter).map(this::onePage);
        return new SourceList<>(source.vendor(), reader, source.maxPageSize(), Contact::remoteId, null);
    }

    private SourceList<Contact> ofPhone(
            VendorDirectory directory, ContactSource source, ContactFilter filter, Set<String> tagIds) {
        PageReader<Contact> reader = (page, limit) -> listOfPhone(source, filter)
                .flatMap(found -> matcher.tags(directory, found)
                        .defaultIfEmpty(Map.of())
                        .flatMapMany(tags -> Flux.fromIterable(found)
                                .filterWhen(contact -> tags.getOrDefault(contact, Lookup.of(List.of()))
                                        .toMono()
                                        .map(carried ->
                                                carried.stream().anyMatch(tag -> tagIds.contains(tag.remoteId())))))
                        .collectList())
                .map(this::onePage);
        return new SourceList<>(source.vendor(), reader, source.maxPageSize(), Contact::remoteId, null);
    }

    private static Mono<List<Contact>> listOfPhone(ContactSource source, ContactFilter filter) {
        String phone = Objects.requireNonNull(filter.phone());
        NamePart part = filter.search() == null ? null : new NamePart(filter.search());
        return source.listByPhone(List.of(phone))
                .map(found -> found.stream()
                        .filter(contact -> phone.equals(contact.phone()))
                        .filter(contact -> part == null || ContactFilter.matches(contact, part))
                        .toList());
    }

    private SourcePage<Contact> onePage(List<Contact> contacts) {
        return new SourcePage<>(contacts, null, null, contacts.size(), clock.instant());
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
