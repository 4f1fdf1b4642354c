package io.taggateway.tagging.contact;

import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.paging.UseCount;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts the contacts that have certain tags. */
@Service
public class ContactCountService {

    private static final int AT_ONCE = 8;

    private final ContactService contacts;

    ContactCountService(ContactService contacts) {
        this.contacts = contacts;
    }

    /**
     * Returns the number of contacts for each of the given sets of tags. A contact counts for a set if it has any tag
     * of the set. This takes one vendor request for each tag and each 100 of its contacts.
     *
     * @param upTo the maximum number of contacts of each tag that are read, 1 to 1000; if there are more, the vendor's
     *     own count is used
     */
    public Mono<Map<List<Tag>, UseCount>> counts(VendorDirectory directory, Collection<List<Tag>> sets, int upTo) {
        PageArguments page = PageArguments.forward(upTo, null);
        return Flux.fromStream(sets.stream().flatMap(List::stream).distinct())
                .flatMap(tag -> read(directory, tag, page), AT_ONCE)
                .collectMap(Reading::tag)
                .map(readings ->
                        sets.stream().distinct().collect(Collectors.toMap(set -> set, set -> count(set, readings))));
    }

    private Mono<Reading> read(VendorDirectory directory, Tag tag, PageArguments page) {
        return Mono.defer(() -> contacts.listOf(directory, tag, page))
                .filter(connection -> !connection.sources().isEmpty())
                .map(connection -> Reading.of(tag, connection))
                .onErrorResume(
                        SourceException.class,
                        failure -> Mono.just(new Reading(tag, List.of(), 0, false, SourceOutcome.failed(failure))));
    }

    private static UseCount count(List<Tag> tags, Map<Tag, Reading> readings) {
        List<Reading> asked =
                tags.stream().map(readings::get).filter(Objects::nonNull).toList();
        int listed = Math.toIntExact(asked.stream()
                .flatMap(reading -> reading.contacts().stream())
                .map(Contact::id)
                .distinct()
                .count());
        int counted = asked.stream().mapToInt(Reading::counted).max().orElse(0);
        Map<Vendor, SourceOutcome> outcomes = new LinkedHashMap<>();
        asked.forEach(reading -> outcomes.merge(
                reading.tag().vendor(),
                reading.outcome(),
                (one, other) -> other.status() == SourceStatus.FAILED ? other : one));
        return new UseCount(
                Math.max(listed, counted), asked.stream().allMatch(Reading::whole), List.copyOf(outcomes.values()));
    }

    /**
     * The contacts of one tag that were read.
     *
     * @param counted the number of contacts according to the vendor
     * @param whole whether these are all contacts
     */
    private record Reading(Tag tag, List<Contact> contacts, int counted, boolean whole, SourceOutcome outcome) {

        static Reading of(Tag tag, Connection<Contact> connection) {
            SourceOutcome outcome = connection.sources().getFirst();
            boolean whole = outcome.status() != SourceStatus.FAILED
                    && !connection.pageInfo().hasNextPage();
            Integer total = whole ? null : connection.totalCount();
            return new Reading(tag, connection.nodes(), Objects.requireNonNullElse(total, 0), whole, outcome);
        }
    }
}
