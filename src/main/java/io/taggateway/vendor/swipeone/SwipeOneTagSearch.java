package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import io.taggateway.upstream.http.UpstreamRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds the contacts of a tag by Swipe One's search, for a tag whose own list does not identify them. The matching of
 * the search is not documented, so the tags of its contacts are checked.
 */
final class SwipeOneTagSearch {

    /** The prefix that distinguishes the page tokens of the search from those of a tag's list. */
    private static final String TOKEN = "search:";

    private final SwipeOneClient client;
    private final SwipeOneContactSource contacts;

    SwipeOneTagSearch(SwipeOneClient client, SwipeOneContactSource contacts) {
        this.client = client;
        this.contacts = contacts;
    }

    /** Whether a page of a tag's contacts comes from the search. */
    static boolean isPage(PageToken page) {
        return page.value() != null && page.value().startsWith(TOKEN);
    }

    /** One page of the contacts of a tag; empty if there is no such tag. */
    Mono<SourcePage<Contact>> list(String tagId, PageToken page, int limit) {
        return client.find(UpstreamRequest.get("findTag", "/tags/{id}", tagId), "tag")
                .flatMap(tag -> {
                    List<String> keys = Stream.of("name", "label", "_id")
                            .flatMap(name -> Stream.ofNullable(tag.text(name)))
                            .toList();
                    return keys.isEmpty() ? Mono.empty() : search(keys, page, limit);
                });
    }

    private Mono<SourcePage<Contact>> search(List<String> keys, PageToken page, int limit) {
        Map<String, Object> predicate =
                Map.of("property", "tags", "operator", "includes", "value", keys.getFirst(), "dataType", "tags");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("filter", Map.of("type", "and", "predicates", List.of(predicate)));
        body.put("limit", limit);
        PageToken asked = isPage(page) ? new PageToken(plain(page), page.backward()) : page;
        if (asked.value() != null) {
            body.put(page.backward() ? "searchBefore" : "searchAfter", asked.value());
        }
        return client.list(client.search("searchContacts", body, "/contacts/search"), "contacts")
                .map(listing -> ofTag(contacts.page(listing, asked), keys));
    }

    /** Contacts without a list of tags may have the tag, so a page without them is incomplete. */
    private static SourcePage<Contact> ofTag(SourcePage<Contact> page, List<String> keys) {
        SourcePage<Contact> checked = page.checked(contact ->
                contact.tagKeys() != null && contact.tagKeys().stream().anyMatch(keys::contains));
        boolean known = page.items().stream().noneMatch(contact -> contact.tagKeys() == null);
        return new SourcePage<>(
                checked.items(),
                marked(page.next()),
                marked(page.previous()),
                checked.total(),
                page.fetchedAt(),
                page.complete() && known);
    }

    private static @Nullable PageToken marked(@Nullable PageToken token) {
        return token == null ? null : new PageToken(TOKEN + token.value(), token.backward());
    }

    private static String plain(PageToken page) {
        return String.valueOf(page.value()).substring(TOKEN.length());
    }
}
