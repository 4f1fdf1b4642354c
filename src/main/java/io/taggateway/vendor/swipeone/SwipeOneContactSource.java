package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.ContactSource;
import io.taggateway.tagging.source.ContactSource.ContactQuery;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import io.taggateway.upstream.http.UpstreamRequest;
import io.taggateway.vendor.swipeone.SwipeOneClient.Listing;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The contacts of a Swipe One workspace. */
final class SwipeOneContactSource implements ContactSource {

    /** No maximum is documented; this is what clients in production use. */
    private static final int MAX_LIMIT = 100;

    private static final int AT_ONCE = 8;

    private final SwipeOneClient client;
    private final SwipeOneMapper mapper;
    private final SwipeOneSearch search;
    private final SwipeOneContactReader reader;
    private final SwipeOneTagSearch tagSearch;
    private final Clock clock;

    SwipeOneContactSource(SwipeOneClient client, SwipeOneMapper mapper, Clock clock) {
        this.client = client;
        this.mapper = mapper;
        this.clock = clock;
        this.search = new SwipeOneSearch(client, mapper);
        this.reader = new SwipeOneContactReader(client, mapper);
        this.tagSearch = new SwipeOneTagSearch(client, this);
    }

    /** The reader for contacts before writes. */
    SwipeOneContactReader reader() {
        return reader;
    }

    @Override
    public Vendor vendor() {
        return Vendor.SWIPEONE;
    }

    @Override
    public int maxPageSize() {
        return MAX_LIMIT;
    }

    @Override
    public Mono<SourcePage<Contact>> list(ContactQuery query, PageToken page, int limit) {
        UpstreamRequest request = (query.tagId() == null
                        ? client.ofWorkspace("listContacts", "/contacts").with("searchText", query.search())
                        : UpstreamRequest.get("listTagContacts", "/tags/{id}/contacts", query.tagId()))
                .with("limit", Math.clamp(limit, 1, MAX_LIMIT))
                .with(page.backward() ? "searchBefore" : "searchAfter", page.value());
        String tagId = query.tagId();
        if (tagId == null) {
            return client.list(request, "contacts").map(listing -> page(listing, page));
        }
        return (SwipeOneTagSearch.isPage(page)
                        ? tagSearch.list(tagId, page, limit)
                        : client.list(request, "contacts").flatMap(listing -> pageOfTag(tagId, listing, page)))
                .onErrorResume(
                        error -> isUnknownTag(error, page),
                        error -> Mono.just(new SourcePage<>(List.of(), null, null, 0, clock.instant())));
    }

    /** A contact with neither an id nor an address can only be found by the search, which starts at the first page. */
    private Mono<SourcePage<Contact>> pageOfTag(String tagId, Listing listing, PageToken asked) {
        SourcePage<Contact> page = page(listing, asked);
        if (page.complete() || !asked.equals(PageToken.FIRST)) {
            return Mono.just(page);
        }
        return tagSearch
                .list(tagId, asked, MAX_LIMIT)
                .onErrorResume(SourceException.class, failure -> Mono.empty())
                .defaultIfEmpty(page);
    }

    @Override
    public Mono<Contact> find(String remoteId) {
        return remoteId.startsWith(SwipeOneMapper.EMAIL_ID)
                ? reader.findByEmail(remoteId.substring(SwipeOneMapper.EMAIL_ID.length()))
                : find(remoteId, UpstreamRequest.get("findContact", "/contacts/{id}", remoteId));
    }

    private Mono<Contact> find(String remoteId, UpstreamRequest request) {
        return read(remoteId, request)
                .flatMap(contact -> contact.remoteId().equals(remoteId)
                        ? Mono.just(contact)
                        : merged(contact.remoteId(), remoteId, request))
                .onErrorResume(SourceException::isAbsence, failure -> Mono.empty());
    }

    /**
     * For a contact that was merged into another, the vendor returns the other. As that could also be the response to
     * another request, it is read again on a new connection.
     */
    private Mono<Contact> merged(String found, String remoteId, UpstreamRequest request) {
        return read(remoteId, request.onNewConnection())
                .filter(again -> Set.of(found, remoteId).contains(again.remoteId()))
                .switchIfEmpty(Mono.error(() -> SourceException.of(vendor(), FailureReason.INVALID_RESPONSE)));
    }

    private Mono<Contact> read(String remoteId, UpstreamRequest request) {
        return client.find(request, "contact").mapNotNull(fields -> mapper.contact(fields, remoteId));
    }

    @Override
    public Mono<List<Contact>> listByPhone(Collection<String> phones) {
        return search.byPhone(phones);
    }

    @Override
    public Mono<List<Lookup<Contact>>> listWithTags(List<Contact> contacts) {
        return search.byEmail(contacts)
                .flatMap(found -> Flux.fromIterable(contacts)
                        .flatMapSequential(
                                contact -> {
                                    Lookup<Contact> known = found.get(contact.remoteId());
                                    return known != null
                                            ? Mono.just(known)
                                            : Lookup.outcomeOf(
                                                    find(contact.remoteId()).defaultIfEmpty(contact));
                                },
                                AT_ONCE)
                        .collectList());
    }

    /** With a token, the vendor may have refused the token, so the list must not end. */
    private static boolean isUnknownTag(Throwable error, PageToken page) {
        return page.value() == null
                ? SourceException.isAbsence(error)
                : error instanceof SourceException failure && failure.reason() == FailureReason.NOT_FOUND;
    }

    /** The contacts of a page, which is incomplete if one of them has neither an id nor an address. */
    SourcePage<Contact> page(Listing listing, PageToken asked) {
        List<Contact> contacts = contacts(listing);
        boolean over = listing.items().isEmpty();
        return new SourcePage<>(
                contacts,
                over ? null : token(listing, "searchAfter", asked),
                over ? null : token(listing, "searchBefore", asked),
                listing.data().integer("count"),
                listing.receivedAt(),
                contacts.size() == listing.items().size());
    }

    /** A token that equals the requested one is the end of the list. */
    private static @Nullable PageToken token(Listing listing, String name, PageToken asked) {
        String value = listing.data().text(name);
        PageToken token = new PageToken(value == null || value.isEmpty() ? null : value, name.equals("searchBefore"));
        return token.value() == null || token.equals(asked) ? null : token;
    }

    private List<Contact> contacts(Listing listing) {
        return listing.items().stream()
                .map(mapper::contact)
                .filter(Objects::nonNull)
                .toList();
    }
}
