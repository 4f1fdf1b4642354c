package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The contacts of one vendor. Every failure to ask is a {@code SourceException}. */
public interface ContactSource {

    Vendor vendor();

    /** The maximum size of one page. */
    int maxPageSize();

    /**
     * One page of the contacts that a query finds, in the vendor's order. Safe to repeat.
     *
     * @param page where to read on, as the page before or after gave it
     * @param limit how many contacts are wanted, at least 1; the page may have fewer
     */
    Mono<SourcePage<Contact>> list(ContactQuery query, PageToken page, int limit);

    /** One contact by the id that a listing gave; empty if there is none. Safe to repeat. */
    Mono<Contact> find(String remoteId);

    /** Contacts with any of these phone numbers in E.164 form, and perhaps others. Safe to repeat. */
    Mono<List<Contact>> listByPhone(Collection<String> phones);

    /**
     * Contacts as a listing gave them, each read again with its tags; in the given order. One that is gone has no tags,
     * and one that cannot be read costs no other. Safe to repeat.
     */
    Mono<List<Lookup<Contact>>> listWithTags(List<Contact> contacts);

    /**
     * Which contacts to list.
     *
     * @param search part of a name or e-mail address; null for all. Ignored where {@code tagId} is given
     * @param tagId contacts with this tag, by the vendor's id; null for all
     */
    record ContactQuery(@Nullable String search, @Nullable String tagId) {}
}
