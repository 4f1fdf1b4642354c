package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.http.PagedReader;
import io.taggateway.vendor.swipeone.SwipeOneClient.Listing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Swipe One's search for many contacts at once; its operators are not documented, so the contacts in responses are
 * checked.
 */
final class SwipeOneSearch {

    /** Two for each number, so that one search finds the contacts of a usual page of calls. */
    private static final int PREDICATES = 100;

    private static final int LIMIT = 100;
    private static final int MAX_PAGES = 10;

    /** The number of last digits that identify a number and are the same in each notation. */
    private static final int SIGNIFICANT_DIGITS = 9;

    private final SwipeOneClient client;
    private final SwipeOneMapper mapper;

    SwipeOneSearch(SwipeOneClient client, SwipeOneMapper mapper) {
        this.client = client;
        this.mapper = mapper;
    }

    /** Contacts with any of some numbers in E.164 form, and perhaps others. */
    Mono<List<Contact>> byPhone(Collection<String> phones) {
        List<Predicate> predicates = phones.stream()
                .flatMap(phone -> Stream.of(
                        new Predicate("phone", "is", phone, "string"),
                        new Predicate("phone", "contains", ending(phone), "string")))
                .toList();
        return search(predicates);
    }

    /**
     * The given contacts from the search, with their tags, by their ids. If a search fails, all of its contacts fail.
     */
    Mono<Map<String, Lookup<Contact>>> byEmail(List<Contact> contacts) {
        Map<String, String> idsByEmail = new HashMap<>();
        for (Contact contact : contacts) {
            if (contact.email() != null) {
                idsByEmail.put(contact.email().toLowerCase(Locale.ROOT), contact.remoteId());
            }
        }
        if (idsByEmail.size() < 2) {
            return Mono.just(Map.of());
        }
        Set<String> ids = contacts.stream().map(Contact::remoteId).collect(Collectors.toSet());
        return Flux.fromStream(contacts.stream()
                        .filter(contact -> contact.email() != null)
                        .gather(Gatherers.windowFixed(PREDICATES)))
                .concatMap(some -> together(some, ids, idsByEmail))
                .reduce(new HashMap<>(), (all, some) -> {
                    all.putAll(some);
                    return all;
                });
    }

    private Mono<Map<String, Lookup<Contact>>> together(
            List<Contact> contacts, Set<String> ids, Map<String, String> idsByEmail) {
        List<Predicate> predicates = contacts.stream()
                .map(contact -> new Predicate("email", "is", String.valueOf(contact.email()), "string"))
                .toList();
        return Lookup.outcomeOf(
                        search(predicates).onErrorResume(SourceException::isAbsence, failure -> Mono.just(List.of())))
                .map(outcome -> switch (outcome) {
                    case Lookup.Found<List<Contact>> found -> byId(found.value(), ids, idsByEmail);
                    case Lookup.Absent<List<Contact>> absent -> Map.of();
                    case Lookup.Failed<List<Contact>> failed ->
                        contacts.stream()
                                .collect(Collectors.toMap(
                                        Contact::remoteId,
                                        contact -> new Lookup.Failed<>(failed.failure()),
                                        (first, second) -> first));
                });
    }

    private static Map<String, Lookup<Contact>> byId(
            List<Contact> found, Set<String> ids, Map<String, String> idsByEmail) {
        Map<String, Lookup<Contact>> byId = new HashMap<>();
        SourceException several = SourceException.of(Vendor.SWIPEONE, FailureReason.INVALID_RESPONSE);
        for (Contact contact : found) {
            String email = String.valueOf(contact.email()).toLowerCase(Locale.ROOT);
            String id = idsByEmail.get(email);
            if (contact.tagKeys() == null || id == null) {
                continue;
            }
            // Several contacts may share an address, so it identifies a contact only if there is no id.
            if (ids.contains(contact.remoteId())) {
                byId.put(contact.remoteId(), new Lookup.Found<>(contact));
            } else if (id.startsWith(SwipeOneMapper.EMAIL_ID)) {
                byId.merge(id, new Lookup.Found<>(contact), (first, second) -> new Lookup.Failed<>(several));
            }
        }
        return byId;
    }

    private Mono<List<Contact>> search(List<Predicate> predicates) {
        return Flux.fromStream(predicates.stream().gather(Gatherers.windowFixed(PREDICATES)))
                .concatMap(some -> read(some))
                .reduce(new ArrayList<Contact>(), (all, some) -> {
                    all.addAll(some);
                    return all;
                })
                .map(all -> (List<Contact>) all);
    }

    private Mono<List<Contact>> read(List<Predicate> predicates) {
        return new PagedReader<>(MAX_PAGES, token -> page(predicates, token), SwipeOneSearch::next)
                .readAll()
                .map(all -> contacts(all.pages()));
    }

    private Mono<Page> page(List<Predicate> predicates, @Nullable String token) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("filter", Map.of("type", "or", "predicates", predicates));
        body.put("limit", LIMIT);
        if (token != null) {
            body.put("searchAfter", token);
        }
        return client.list(client.search("searchContacts", body, "/contacts/search"), "contacts")
                .map(listing -> new Page(
                        listing,
                        listing.items().stream()
                                .map(mapper::contact)
                                .filter(Objects::nonNull)
                                .toList()));
    }

    private static List<Contact> contacts(List<Page> pages) {
        return pages.stream().flatMap(page -> page.contacts().stream()).toList();
    }

    private static @Nullable String next(List<Page> pages) {
        Listing last = pages.getLast().listing();
        Integer count = last.data().integer("count");
        boolean over = last.items().isEmpty()
                || (last.items().size() < LIMIT
                        && count != null
                        && contacts(pages).size() == count);
        return over ? null : last.data().text("searchAfter");
    }

    private static String ending(String phone) {
        return phone.substring(Math.max(1, phone.length() - SIGNIFICANT_DIGITS));
    }

    /** A page with its readable contacts. */
    private record Page(Listing listing, List<Contact> contacts) {}

    /** One condition, in the vendor's terms. */
    private record Predicate(String property, String operator, String value, String dataType) {}
}
