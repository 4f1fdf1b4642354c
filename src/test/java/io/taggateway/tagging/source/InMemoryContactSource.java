package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.ContactSource.ContactQuery;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The in-memory contacts of a vendor, in the order of their listing. The contacts of a tag are listed without their
 * tags.
 */
public final class InMemoryContactSource implements ContactSource {

    private static final InMemoryPagination<Contact> PAGES = new InMemoryPagination<>(Contact::remoteId, true);

    private final Vendor vendor;
    private final Clock clock;
    private final InMemoryFailure failure;
    private final Map<String, String> keysByTagId = new HashMap<>();
    private volatile List<Contact> contacts = List.of();

    public InMemoryContactSource(Vendor vendor, Clock clock) {
        this.vendor = vendor;
        this.clock = clock;
        this.failure = new InMemoryFailure(vendor);
    }

    public InMemoryContactSource with(Contact... all) {
        contacts = List.of(all);
        return this;
    }

    /** Sets the key by which contacts refer to a tag. */
    public InMemoryContactSource withTag(String tagId, String key) {
        keysByTagId.put(tagId, key);
        return this;
    }

    /** Makes every request from now on fail; with null, succeed again. */
    public void fail(@Nullable FailureReason reason) {
        failure.set(reason);
    }

    /** The number of requests so far. */
    public int requests() {
        return failure.requests();
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public int maxPageSize() {
        return 10;
    }

    @Override
    public Mono<SourcePage<Contact>> list(ContactQuery query, PageToken page, int limit) {
        Mono<SourcePage<Contact>> response = Mono.fromSupplier(() -> {
            List<Contact> found =
                    contacts.stream().filter(contact -> matches(contact, query)).toList();
            SourcePage<Contact> whole = PAGES.page(found, page, limit, clock.instant());
            return query.tagId() == null
                    ? whole
                    : new SourcePage<>(
                            whole.items().stream()
                                    .map(InMemoryContactSource::bare)
                                    .toList(),
                            whole.next(),
                            whole.previous(),
                            whole.total(),
                            whole.fetchedAt());
        });
        return failure.orElse(response);
    }

    @Override
    public Mono<Contact> find(String remoteId) {
        return failure.orEmpty(Mono.defer(() -> Mono.justOrEmpty(contacts.stream()
                .filter(contact -> contact.remoteId().equals(remoteId))
                .findFirst())));
    }

    @Override
    public Mono<List<Contact>> listByPhone(Collection<String> phones) {
        return failure.orElse(Mono.fromSupplier(() -> contacts.stream()
                .filter(contact -> contact.phone() != null && phones.contains(contact.phone()))
                .toList()));
    }

    @Override
    public Mono<List<Lookup<Contact>>> listWithTags(List<Contact> listed) {
        return Flux.fromIterable(listed)
                .concatMap(contact -> Lookup.outcomeOf(find(contact.remoteId()).defaultIfEmpty(contact)))
                .collectList();
    }

    private boolean matches(Contact contact, ContactQuery query) {
        if (query.tagId() != null) {
            String key = keysByTagId.get(query.tagId());
            List<String> keys = contact.tagKeys();
            return key != null && keys != null && keys.contains(key);
        }
        String search = query.search();
        return search == null
                || (contact.name() + "\n" + contact.email())
                        .toLowerCase(Locale.ROOT)
                        .contains(search.toLowerCase(Locale.ROOT));
    }

    private static Contact bare(Contact contact) {
        return new Contact(
                contact.vendor(),
                contact.remoteId(),
                contact.name(),
                contact.firstName(),
                contact.lastName(),
                contact.email(),
                contact.phone(),
                contact.createdAt(),
                null);
    }
}
