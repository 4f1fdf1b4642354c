package io.taggateway.tagging;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.ContactSource;
import io.taggateway.tagging.source.TagList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Joins contacts with tags and with calls, many at a time. */
@Service
public class ContactMatcher {

    private final VendorDirectory directory;

    ContactMatcher(VendorDirectory directory) {
        this.directory = directory;
    }

    /**
     * The tags of each of some contacts. What a contact names and its vendor's tag list does not have, such as a tag
     * deleted since, is left out.
     */
    public Mono<Map<Contact, List<Tag>>> tags(Tenant tenant, Collection<Contact> contacts) {
        Map<Vendor, List<Contact>> byVendor = contacts.stream().collect(Collectors.groupingBy(Contact::vendor));
        return Flux.fromIterable(byVendor.entrySet())
                .flatMap(entry -> tags(tenant, entry.getKey(), entry.getValue()))
                .reduce(new HashMap<Contact, List<Tag>>(), (all, some) -> {
                    all.putAll(some);
                    return all;
                })
                .map(all -> (Map<Contact, List<Tag>>) all);
    }

    /** The one contact at the other end of each of some calls; a call with none or several is left out. */
    public Mono<Map<Call, Contact>> contacts(Tenant tenant, Collection<Call> calls) {
        Set<String> numbers = calls.stream()
                .flatMap(call -> call.otherEnds().stream())
                .filter(number -> number.startsWith("+"))
                .collect(Collectors.toCollection(TreeSet::new));
        if (numbers.isEmpty()) {
            return Mono.just(Map.of());
        }
        return Flux.fromIterable(directory.contacts())
                .flatMapSequential(source -> source.listByPhone(tenant, numbers))
                .flatMapIterable(found -> found)
                .filter(contact -> contact.phone() != null && numbers.contains(contact.phone()))
                .distinct(Contact::id)
                .collectMultimap(contact -> String.valueOf(contact.phone()))
                .map(byNumber -> match(calls, byNumber));
    }

    private static Map<Call, Contact> match(Collection<Call> calls, Map<String, Collection<Contact>> byNumber) {
        Map<Call, Contact> matches = new LinkedHashMap<>();
        for (Call call : calls) {
            List<Contact> candidates = call.otherEnds().stream()
                    .flatMap(number -> byNumber.getOrDefault(number, List.of()).stream())
                    .toList();
            if (candidates.size() == 1) {
                matches.put(call, candidates.getFirst());
            }
        }
        return matches;
    }

    private Mono<Map<Contact, List<Tag>>> tags(Tenant tenant, Vendor vendor, List<Contact> contacts) {
        List<Contact> bare =
                contacts.stream().filter(contact -> contact.tagKeys() == null).toList();
        ContactSource source = directory.findContacts(vendor);
        Mono<List<Contact>> read =
                bare.isEmpty() || source == null ? Mono.just(bare) : source.listWithTags(tenant, bare);
        return Mono.zip(directory.tags(vendor).list(tenant), read)
                .map(answers -> join(answers.getT1(), contacts, bare, answers.getT2()));
    }

    private static Map<Contact, List<Tag>> join(
            TagList list, List<Contact> contacts, List<Contact> bare, List<Contact> read) {
        Map<String, Tag> byKey = new HashMap<>();
        list.tags().forEach(tag -> byKey.putIfAbsent(tag.remoteId(), tag));
        list.tags().forEach(tag -> byKey.putIfAbsent(tag.name(), tag));
        list.tags().forEach(tag -> {
            if (tag.remoteKey() != null) {
                byKey.put(tag.remoteKey(), tag);
            }
        });
        Map<Contact, List<String>> keys = new HashMap<>();
        for (int i = 0; i < bare.size(); i++) {
            keys.put(bare.get(i), keys(read.get(i)));
        }
        Map<Contact, List<Tag>> tags = new HashMap<>();
        for (Contact contact : contacts) {
            List<Tag> found = new ArrayList<>();
            for (String key : keys.getOrDefault(contact, keys(contact))) {
                Tag tag = byKey.get(key);
                if (tag != null && !found.contains(tag)) {
                    found.add(tag);
                }
            }
            tags.put(contact, found);
        }
        return tags;
    }

    private static List<String> keys(Contact contact) {
        List<String> keys = contact.tagKeys();
        return keys == null ? List.of() : keys;
    }
}
