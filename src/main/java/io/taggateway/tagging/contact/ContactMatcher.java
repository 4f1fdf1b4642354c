package io.taggateway.tagging.contact;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.GatewayException;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.Lookup.Absent;
import io.taggateway.tagging.model.Lookup.Failed;
import io.taggateway.tagging.model.Lookup.Found;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.ContactSource;
import io.taggateway.tagging.source.PhoneNumberRule;
import io.taggateway.tagging.source.TagList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds the tags of contacts and the contacts of calls, many at a time. */
@Service
public class ContactMatcher {

    /** The number of phone numbers that vendors find in one request. */
    private static final int TOGETHER = 50;

    private final PhoneNumberRule numbers;

    public ContactMatcher(PhoneNumberRule numbers) {
        this.numbers = numbers;
    }

    /** The tags of each contact. A tag that its vendor's tag list lacks, such as a deleted one, is omitted. */
    public Mono<Map<Contact, Lookup<List<Tag>>>> tags(VendorDirectory directory, Collection<Contact> contacts) {
        Map<Vendor, List<Contact>> byVendor = contacts.stream().collect(Collectors.groupingBy(Contact::vendor));
        return Flux.fromIterable(byVendor.entrySet())
                .flatMap(entry -> tags(directory, entry.getKey(), entry.getValue()))
                .reduce(new HashMap<>(), ContactMatcher::and);
    }

    /** The contact of the other party of each call. A call with no or several such contacts is omitted. */
    public Mono<Map<Call, Lookup<Contact>>> contacts(VendorDirectory directory, Collection<Call> calls) {
        Set<String> joinable = calls.stream()
                .flatMap(call -> call.otherEnds().stream())
                .filter(numbers::identifies)
                .collect(Collectors.toCollection(TreeSet::new));
        return Flux.fromStream(joinable.stream().gather(Gatherers.windowFixed(TOGETHER)))
                .concatMap(some -> byNumber(directory, some))
                .<Map<String, Lookup<List<Contact>>>>reduce(new HashMap<>(), ContactMatcher::and)
                .map(byNumber -> match(calls, byNumber));
    }

    /** The contacts of each number. Either all numbers are looked up, or the result is an error. */
    private static Mono<Map<String, Lookup<List<Contact>>>> byNumber(VendorDirectory directory, List<String> numbers) {
        Mono<List<Contact>> found = Flux.fromIterable(directory.contacts())
                .flatMapSequential(source -> source.listByPhone(numbers))
                .flatMapIterable(some -> some)
                .distinct(Contact::id)
                .collectList();
        return Lookup.outcomeOf(found)
                .map(outcome -> numbers.stream()
                        .collect(Collectors.toMap(
                                number -> number,
                                number -> outcome.map(contacts -> contacts.stream()
                                        .filter(contact -> number.equals(contact.phone()))
                                        .toList()))));
    }

    private static Map<Call, Lookup<Contact>> match(
            Collection<Call> calls, Map<String, Lookup<List<Contact>>> byNumber) {
        Map<Call, Lookup<Contact>> matches = new LinkedHashMap<>();
        for (Call call : calls) {
            List<Contact> candidates = new ArrayList<>();
            GatewayException failure = null;
            for (String number : call.otherEnds()) {
                switch (byNumber.getOrDefault(number, new Absent<>())) {
                    case Found<List<Contact>> found -> candidates.addAll(found.value());
                    case Absent<List<Contact>> absent -> {}
                    case Failed<List<Contact>> failed -> failure = failed.failure();
                }
            }
            if (failure != null) {
                matches.put(call, new Failed<>(failure));
            } else if (candidates.size() == 1) {
                matches.put(call, new Found<>(candidates.getFirst()));
            }
        }
        return matches;
    }

    private Mono<Map<Contact, Lookup<List<Tag>>>> tags(
            VendorDirectory directory, Vendor vendor, List<Contact> contacts) {
        List<Contact> bare =
                contacts.stream().filter(contact -> contact.tagKeys() == null).toList();
        ContactSource source = directory.findContacts(vendor);
        Mono<List<Lookup<Contact>>> read =
                bare.isEmpty() || source == null ? Mono.just(List.of()) : source.listWithTags(bare);
        return Mono.zip(directory.tags(vendor).list(), read)
                .map(answers -> join(answers.getT1(), contacts, bare, answers.getT2()))
                .onErrorResume(
                        SourceException.class,
                        failure -> Mono.just(contacts.stream()
                                .distinct()
                                .collect(Collectors.toMap(contact -> contact, contact -> new Failed<>(failure)))));
    }

    private static Map<String, Tag> byKey(TagList list) {
        Map<String, Tag> byKey = new HashMap<>();
        list.tags().forEach(tag -> byKey.putIfAbsent(tag.remoteId(), tag));
        list.tags().forEach(tag -> byKey.putIfAbsent(tag.name(), tag));
        list.tags().forEach(tag -> {
            if (tag.remoteKey() != null) {
                byKey.put(tag.remoteKey(), tag);
            }
        });
        return byKey;
    }

    private static Map<Contact, Lookup<List<Tag>>> join(
            TagList list, List<Contact> contacts, List<Contact> bare, List<Lookup<Contact>> read) {
        Map<String, Tag> byKey = byKey(list);
        Map<Contact, Lookup<Contact>> whole = new HashMap<>();
        for (int i = 0; i < read.size(); i++) {
            whole.put(bare.get(i), read.get(i));
        }
        Map<Contact, Lookup<List<Tag>>> tags = new HashMap<>();
        for (Contact contact : contacts) {
            tags.put(
                    contact,
                    whole.getOrDefault(contact, new Found<>(contact))
                            .map(known -> keys(known).stream()
                                    .map(byKey::get)
                                    .filter(Objects::nonNull)
                                    .distinct()
                                    .toList()));
        }
        return tags;
    }

    private static <K, V> Map<K, V> and(Map<K, V> all, Map<K, V> some) {
        all.putAll(some);
        return all;
    }

    private static List<String> keys(Contact contact) {
        List<String> keys = contact.tagKeys();
        return keys == null ? List.of() : keys;
    }
}
