package io.taggateway.tagging.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.ContactSource.ContactQuery;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every {@link ContactSource}. */
public abstract class ContactSourceContract {

    private static final ContactQuery ALL = new ContactQuery(null, null);

    /** A source of some contacts. */
    protected abstract ContactSource source();

    /** How many contacts there are, more than one page of them. */
    protected abstract int size();

    /** A tag that some contacts have, but not all. */
    protected abstract Tag tag();

    /** Makes every request from now on fail. */
    protected abstract void breakDown(SourceFault breakdown);

    @ParameterizedTest
    @ValueSource(ints = {7, 10, 100_000})
    void everyContactIsOnOnePage(int limit) {
        List<Contact> contacts = readAll(ALL, limit);
        assertThat(contacts).hasSize(size());
        assertThat(contacts).extracting(Contact::remoteId).doesNotHaveDuplicates();
        assertThat(contacts).extracting(Contact::vendor).containsOnly(source().vendor());
        assertThat(contacts).isEqualTo(readAll(ALL, source().maxPageSize()));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10})
    void pagesAreReadBackwardInTheSameOrder(int limit) {
        List<Contact> forward = new ArrayList<>();
        SourcePage<Contact> read = read(ALL, PageToken.FIRST, limit);
        while (read.next() != null && forward.size() < 3 * limit) {
            forward.addAll(read.items());
            read = read(ALL, Objects.requireNonNull(read.next()), limit);
        }
        List<Contact> back = new ArrayList<>();
        PageToken previous = read.previous();
        while (previous != null) {
            SourcePage<Contact> before = read(ALL, previous, limit);
            back.addAll(0, before.items());
            previous = before.previous();
        }
        assertThat(forward).hasSizeGreaterThan(limit);
        assertThat(back).isEqualTo(forward);
    }

    @Test
    void countIsTheSumOfAllPages() {
        Integer total = read(ALL, PageToken.FIRST, 5).total();
        assertThat(total == null ? size() : total).isEqualTo(size());
    }

    @Test
    void searchedContactsHaveTheTextInNameOrEmail() {
        Contact contact = readAll(ALL, 100).get(3);
        String email = Objects.requireNonNull(contact.email());
        assertThat(readAll(new ContactQuery(email, null), 10)).contains(contact).hasSizeLessThan(size());
        assertThat(readAll(new ContactQuery("no such 🔥 & body", null), 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100})
    void taggedContactsAreExactlyThoseWithTheTag(int limit) {
        String key = Objects.requireNonNull(tag().remoteKey());
        List<String> expected = readAll(ALL, 100).stream()
                .filter(contact -> Objects.requireNonNull(contact.tagKeys()).contains(key))
                .map(Contact::remoteId)
                .toList();
        assertThat(expected).hasSizeBetween(3, size() - 1);
        assertThat(readAll(new ContactQuery(null, tag().remoteId()), limit))
                .extracting(Contact::remoteId)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "ffffffffffffffffffffffff", "a/b?c=d#e", "+ %2F é 🔥"})
    void unknownTagHasNoContacts(String tagId) {
        SourcePage<Contact> page = read(new ContactQuery(null, tagId), PageToken.FIRST, 10);
        assertThat(page.items()).isEmpty();
        assertThat(page.next()).isNull();
    }

    @Test
    void eachListedContactIsFoundByItsId() {
        for (Contact contact : readAll(ALL, 100).subList(0, 12)) {
            TestOperation.verify(source().find(contact.remoteId()))
                    .expectNext(contact)
                    .verifyComplete();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999", "ffffffffffffffffffffffff", "a/b?c=d#e", "../contacts", "+ %2F é 🔥"})
    void nothingIsFoundByAnUnknownId(String remoteId) {
        TestOperation.verify(source().find(remoteId)).verifyComplete();
    }

    @Test
    void contactsWithAnyOfTheNumbersAreAmongThoseListedByPhone() {
        List<Contact> withPhone = readAll(ALL, 100).stream()
                .filter(contact -> contact.phone() != null)
                .limit(2)
                .toList();
        List<String> phones = withPhone.stream()
                .map(contact -> String.valueOf(contact.phone()))
                .toList();
        assertThat(withPhone).hasSize(2);
        assertThat(SourceAssertions.require(source().listByPhone(phones))).containsAll(withPhone);
        assertThat(SourceAssertions.require(source().listByPhone(List.of()))).isEmpty();
    }

    @Test
    void listedContactsAreReadAgainWithTheirTagsInTheGivenOrder() {
        List<Contact> bare =
                readAll(new ContactQuery(null, tag().remoteId()), 100).reversed();
        List<Contact> whole = SourceAssertions.found(source().listWithTags(bare));
        assertThat(whole)
                .extracting(Contact::remoteId)
                .isEqualTo(bare.stream().map(Contact::remoteId).toList());
        assertThat(whole)
                .allSatisfy(contact ->
                        assertThat(contact.tagKeys()).isNotNull().contains(String.valueOf(tag().remoteKey())));
        assertThat(SourceAssertions.require(source().listWithTags(List.of()))).isEmpty();
    }

    @Test
    void deletedContactHasNoTags() {
        Contact there = readAll(new ContactQuery(null, tag().remoteId()), 100).getFirst();
        Contact gone = SampleFactory.contact(source().vendor(), "ffffffffffffffffffffffff", "Gone Away", null, null);
        List<Contact> whole = SourceAssertions.found(source().listWithTags(List.of(gone, there)));
        assertThat(whole).hasSize(2);
        assertThat(Objects.requireNonNullElse(whole.getFirst().tagKeys(), List.of()))
                .isEmpty();
        assertThat(whole.getLast().tagKeys()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void listFailsForTheReasonThatTheVendorGives(SourceFault breakdown) {
        breakDown(breakdown);
        SourceAssertions.verify(source().list(ALL, PageToken.FIRST, 20), source().vendor(), breakdown);
        SourceAssertions.verify(source().listByPhone(List.of("+331990010")), source().vendor(), breakdown);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT_THERE")
    void findFailsForTheReasonThatTheVendorGives(SourceFault breakdown) {
        Contact bare = read(new ContactQuery(null, tag().remoteId()), PageToken.FIRST, 10)
                .items()
                .getFirst();
        breakDown(breakdown);
        SourceAssertions.verify(source().find(bare.remoteId()), source().vendor(), breakdown);
        assertThat(SourceAssertions.require(source().listWithTags(List.of(bare))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Lookup.Failed.class,
                        failed -> SourceAssertions.verify(failed.failure(), source().vendor(), breakdown));
    }

    @Test
    void taggedListFailsForTheReasonThatTheVendorGives() {
        breakDown(SourceFault.SERVER_ERROR);
        SourceAssertions.verify(
                source().list(new ContactQuery(null, "1"), PageToken.FIRST, 20),
                source().vendor(),
                SourceFault.SERVER_ERROR);
    }

    private List<Contact> readAll(ContactQuery query, int limit) {
        List<Contact> contacts = new ArrayList<>();
        PageToken page = PageToken.FIRST;
        while (page != null) {
            SourcePage<Contact> read = read(query, page, limit);
            contacts.addAll(read.items());
            page = read.next();
        }
        return contacts;
    }

    private SourcePage<Contact> read(ContactQuery query, PageToken page, int limit) {
        return SourceAssertions.require(source().list(query, page, limit));
    }
}
