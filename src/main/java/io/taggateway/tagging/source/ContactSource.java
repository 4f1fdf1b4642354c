package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The contacts of one vendor. Every failed request is a {@code SourceException}. */
public interface ContactSource {

    Vendor vendor();

    /** The maximum size of one page. */
    int maxPageSize();

    /**
     * One page of the contacts that a query finds, in the vendor's order. Safe to repeat.
     *
     * @param page the token of the page, from an adjacent page
     * @param limit the requested number of contacts, at least 1; the page may have fewer
     */
    Mono<SourcePage<Contact>> list(ContactQuery query, PageToken page, int limit);

    /** One contact by an id from a list; empty if there is none. Safe to repeat. */
    Mono<Contact> find(String remoteId);

    /** Contacts with any of these phone numbers in E.164 form, and perhaps others. Safe to repeat. */
    Mono<List<Contact>> listByPhone(Collection<String> phones);

    /**
     * Reads listed contacts again, with their tags, in the given order. A deleted contact has no tags, and a failure to
     * read one contact does not affect the others. Safe to repeat.
     */
    Mono<List<Lookup<Contact>>> listWithTags(List<Contact> contacts);

    /**
     * The query of a list of contacts.
     *
     * @param search part of a name or e-mail address; null for all. Ignored if {@code tagId} is given
     * @param tagId contacts with this tag, by the vendor's id; null for all
     */
    record ContactQuery(@Nullable String search, @Nullable String tagId) {}
}
