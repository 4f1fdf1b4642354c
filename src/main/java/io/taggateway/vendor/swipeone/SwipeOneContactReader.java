package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.http.UpstreamRequest;
import io.taggateway.upstream.http.VendorJson;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads single contacts with all of their tags, as a write replaces the whole set. */
final class SwipeOneContactReader {

    /** No maximum is documented; this is what clients in production use. */
    private static final int MAX_LIMIT = 100;

    private final SwipeOneClient client;
    private final SwipeOneMapper mapper;

    SwipeOneContactReader(SwipeOneClient client, SwipeOneMapper mapper) {
        this.client = client;
        this.mapper = mapper;
    }

    /**
     * One contact with its current tags. If its own endpoint leaves them out, they are those of the search; if neither
     * has all of them, it is an {@code INVALID_RESPONSE}.
     */
    Mono<Contact> findUncached(String remoteId) {
        UpstreamRequest request =
                UpstreamRequest.get("findContact", "/contacts/{id}", remoteId).asOfNow();
        return client.find(request, "contact")
                .<Entry>mapNotNull(fields -> entry(fields, remoteId))
                .onErrorResume(SourceException::isAbsence, failure -> Mono.empty())
                .flatMap(entry -> entry.tagged
                        ? Mono.just(entry.contact)
                        : searched(entry.contact).switchIfEmpty(invalid()));
    }

    /** A contact's tags from the search; empty if the search finds several contacts, or not all of its tags. */
    private Mono<Contact> searched(Contact contact) {
        return contact.email() == null
                ? Mono.empty()
                : listByEmail(contact.email())
                        .mapNotNull(entries -> same(entries, contact.remoteId()))
                        .filter(entry -> entry.tagged)
                        .map(entry -> contact.withTags(SwipeOneMapper.keys(entry.contact)));
    }

    /** The entry with an id, or else the only entry if it has no id. */
    private static @Nullable Entry same(List<Entry> entries, String remoteId) {
        return entries.stream()
                .filter(entry -> entry.contact.remoteId().equals(remoteId))
                .findFirst()
                .orElseGet(() -> entries.size() == 1 && hasNoId(entries.getFirst()) ? entries.getFirst() : null);
    }

    private static boolean hasNoId(Entry entry) {
        return entry.contact.remoteId().startsWith(SwipeOneMapper.EMAIL_ID);
    }

    /**
     * The vendor's id of a contact, which is looked up if it was listed without one; empty if there is none.
     *
     * @throws BadInputException if several have the address by which the contact was listed
     */
    Mono<String> idOf(String remoteId) {
        if (!remoteId.startsWith(SwipeOneMapper.EMAIL_ID)) {
            return Mono.just(remoteId);
        }
        return listByEmail(remoteId.substring(SwipeOneMapper.EMAIL_ID.length()))
                .doOnNext(SwipeOneContactReader::requireOne)
                .flatMap(entries -> Mono.justOrEmpty(entries.stream()
                        .filter(entry -> !hasNoId(entry))
                        .map(entry -> entry.contact.remoteId())
                        .findFirst()));
    }

    private static void requireOne(List<Entry> entries) {
        if (entries.size() > 1) {
            throw new BadInputException("Several contacts have this address; name one by its id.");
        }
    }

    private static <T> Mono<T> invalid() {
        return Mono.error(() -> SourceException.of(Vendor.SWIPEONE, FailureReason.INVALID_RESPONSE));
    }

    /** The only contact with an address; null if there are several, as any may be meant. */
    Mono<Contact> findByEmail(String email) {
        return listByEmail(email)
                .flatMap(entries -> entries.size() > 1
                        ? invalid()
                        : Mono.justOrEmpty(entries.stream().map(Entry::contact).findFirst()));
    }

    private Mono<List<Entry>> listByEmail(String email) {
        if (email.isBlank()) {
            return Mono.just(List.of());
        }
        UpstreamRequest request = client.ofWorkspace("findContact", "/contacts")
                .with("searchText", email)
                .with("limit", MAX_LIMIT)
                .asOfNow();
        return client.list(request, "contacts")
                .map(listing -> listing.items().stream()
                        .map(fields -> entry(fields, null))
                        .filter(Objects::nonNull)
                        .filter(entry -> email.equalsIgnoreCase(entry.contact.email()))
                        .toList());
    }

    private @Nullable Entry entry(VendorJson fields, @Nullable String askedFor) {
        Contact contact = mapper.contact(fields, askedFor);
        return contact == null ? null : new Entry(contact, SwipeOneMapper.hasAllTags(fields, contact));
    }

    /**
     * A contact as a response has it.
     *
     * @param tagged whether the response has all of its tags
     */
    private record Entry(Contact contact, boolean tagged) {}
}
