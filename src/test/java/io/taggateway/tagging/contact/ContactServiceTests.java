package io.taggateway.tagging.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.tagging.TaggingFixture;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorState;
import io.taggateway.tagging.directory.VendorState.CircuitState;
import io.taggateway.tagging.directory.VendorState.VendorStatus;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.Connection;
import io.taggateway.tagging.paging.PageArguments;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import io.taggateway.tagging.tag.TagRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Tests of contacts, of their tags, and of the contacts of calls. */
class ContactServiceTests {

    private static final PageArguments ALL = PageArguments.forward(100, null);

    private final TaggingFixture fixture = TaggingFixture.ofBoth();
    private final ContactService service = fixture.contactService();
    private final ContactMatcher matcher = new ContactMatcher(number -> number.startsWith("+"));
    private final Contact alice = contact("1", "Alice Martin", "+331990011", "vip", "Old Label");
    private final Contact bruno = contact("2", "Bruno Bernard", "+331990012", "vip");
    private final Contact chloe = contact("3", "Chloe Dubois", "+331990013");
    private final Contact twin = contact("4", "Chloe Twin", "+331990013");

    @BeforeEach
    void store() {
        fixture.contactTags.with(
                SampleFactory.keyed(Vendor.SWIPEONE, "t1", "Very Important", "vip"),
                SampleFactory.keyed(Vendor.SWIPEONE, "t2", "Old Label", "new-key"),
                SampleFactory.keyed(Vendor.SWIPEONE, "t3", "vip", "other"));
        fixture.callTags.with(SampleFactory.tag(Vendor.SIPSIM, "7", "VERY IMPORTANT"));
        fixture.contacts.with(alice, bruno, chloe, twin).withTag("t1", "vip").withTag("t2", "Old Label");
    }

    @Test
    void searchIsSentToTheVendor() {
        assertThat(list(ContactFilter.ALL).nodes()).hasSize(4);
        assertThat(list(ContactFilter.ALL).totalCount()).isEqualTo(4);
        assertThat(list(new ContactFilter(" chloe ", null, null)).nodes()).containsExactly(chloe, twin);
        assertThat(new ContactFilter("  ", null, null)).isEqualTo(ContactFilter.ALL);
        assertThat(fixture.contactTags.requests()).isZero();
    }

    @Test
    void contactsAreFilteredByIdNameAndTagOfAnotherVendor() {
        for (TagRef ref : List.of(
                new TagRef("swipeone:tag:t1", null, null),
                new TagRef(null, "Very Important", null),
                new TagRef("sipsim:tag:7", null, null))) {
            assertThat(list(new ContactFilter(null, ref, null)).nodes())
                    .extracting(Contact::remoteId)
                    .containsExactly("1", "2");
        }
        assertThat(list(new ContactFilter(null, new TagRef(null, "none", null), null))
                        .totalCount())
                .isZero();
    }

    @Test
    void gatewaySearchesAmongTheContactsOfATag() {
        TagRef vip = new TagRef("swipeone:tag:t1", null, null);
        assertThat(list(new ContactFilter("BERNARD", vip, null)).nodes())
                .extracting(Contact::remoteId)
                .containsExactly("2");
        assertThat(list(new ContactFilter("alice.martin@", vip, null)).nodes()).hasSize(1);
        assertThat(list(new ContactFilter("chloe", vip, null)).nodes()).isEmpty();
    }

    @Test
    void severalTagsOfOneNameAreRefused() {
        fixture.contactTags.with(
                SampleFactory.keyed(Vendor.SWIPEONE, "t1", "VIP", "a"),
                SampleFactory.keyed(Vendor.SWIPEONE, "t2", "vip", "b"));
        StepVerifier.create(service.list(
                        fixture.directory, new ContactFilter(null, new TagRef(null, null, "vip"), null), ALL))
                .verifyError(BadInputException.class);
    }

    @Test
    void onlyContactsOfFailedVendorAreMissing() {
        fixture.contacts.fail(FailureReason.TIMEOUT);
        assertThat(list(ContactFilter.ALL).sources())
                .extracting(SourceOutcome::status)
                .containsExactly(SourceStatus.FAILED);
        fixture.contactTags.fail(FailureReason.TIMEOUT);
        assertThat(list(new ContactFilter(null, new TagRef(null, "VIP", null), null))
                        .edges())
                .isEmpty();
        TaggingFixture without = TaggingFixture.withoutContacts();
        Connection<Contact> none =
                SourceAssertions.require(without.contactService().list(without.directory, ContactFilter.ALL, ALL));
        assertThat(none.sources()).extracting(SourceOutcome::status).containsExactly(SourceStatus.SKIPPED);
    }

    @Test
    void contactsOfATagAreListedInBothDirections() {
        Tag vip = SampleFactory.tag(Vendor.SWIPEONE, "t1", "VIP");
        Connection<Contact> last = SourceAssertions.require(
                service.listOf(fixture.directory, vip, new PageArguments(null, null, 1, null)));
        assertThat(last.nodes()).extracting(Contact::remoteId).containsExactly("2");
        PageArguments before = new PageArguments(null, null, 1, last.pageInfo().startCursor());
        assertThat(SourceAssertions.require(service.listOf(fixture.directory, vip, before))
                        .nodes())
                .extracting(Contact::remoteId)
                .containsExactly("1");
        Tag foreign = SampleFactory.tag(Vendor.SIPSIM, "t1", "VIP");
        assertThat(SourceAssertions.require(service.listOf(fixture.directory, foreign, ALL)))
                .isEqualTo(Connection.empty(List.of()));
        assertThatThrownBy(() -> service.listOf(fixture.directory, foreign, before))
                .isInstanceOf(BadInputException.class);
    }

    @Test
    void contactIsFoundByItsId() {
        StepVerifier.create(service.find(fixture.directory, GlobalId.parse("swipeone:contact:1")))
                .expectNext(alice)
                .verifyComplete();
        StepVerifier.create(service.find(fixture.directory, GlobalId.parse("sipsim:contact:1")))
                .verifyComplete();
        TaggingFixture without = TaggingFixture.withoutContacts();
        StepVerifier.create(without.contactService().find(without.directory, GlobalId.parse("swipeone:contact:1")))
                .verifyErrorSatisfies(
                        error -> assertThat(error).hasFieldOrPropertyWithValue("reason", FailureReason.NOT_CONFIGURED));
    }

    @Test
    void tagsAreFoundByKeyOrElseByLabel() {
        Map<Contact, List<Tag>> tags = SourceAssertions.foundEach(
                matcher.tags(fixture.directory, List.of(alice, chloe, contact("9", "X Y", null, "gone"))));
        assertThat(tags.get(alice)).extracting(Tag::remoteId).containsExactly("t1", "t2");
        assertThat(tags.get(chloe)).isEmpty();
        assertThat(tags).hasSize(3);
        assertThat(fixture.contacts.requests()).isZero();
        assertThat(SourceAssertions.foundEach(matcher.tags(fixture.directory, List.of())))
                .isEmpty();
    }

    @Test
    void contactsAreReadAgainWhenListedWithoutTags() {
        Contact bare = SampleFactory.contact(Vendor.SWIPEONE, "2", "Bruno Bernard", "+331990012", null);
        Contact gone = SampleFactory.contact(Vendor.SWIPEONE, "99", "Gone Away", null, null);
        Map<Contact, List<Tag>> tags =
                SourceAssertions.foundEach(matcher.tags(fixture.directory, List.of(bare, alice, gone)));
        assertThat(tags.get(bare)).extracting(Tag::remoteId).containsExactly("t1");
        assertThat(tags.get(alice)).hasSize(2);
        assertThat(tags.get(gone)).isEmpty();
        assertThat(fixture.contacts.requests()).isEqualTo(2);
    }

    @Test
    void callHasAContactWhenOneContactHasTheNumberOfTheOtherParty() {
        Call alices = call("1", CallType.INBOUND, "+331990011", "+331990012");
        Call brunos = call("2", CallType.OUTGOING, "+331990011", "+331990012");
        Call twins = call("3", CallType.INBOUND, "+331990013", null);
        Call strangers = call("4", CallType.INBOUND, "+331990099", null);
        Call anonymous = call("5", CallType.INBOUND, "anonymous", null);
        Call both = call("6", CallType.UNKNOWN, "+331990011", "+331990012");
        Call one = call("7", CallType.UNKNOWN, "+331990099", "+331990012");
        Map<Call, Contact> found = SourceAssertions.foundEach(
                matcher.contacts(fixture.directory, List.of(alices, brunos, twins, strangers, anonymous, both, one)));
        assertThat(found).isEqualTo(Map.of(alices, alice, brunos, bruno, one, bruno));
        assertThat(fixture.contacts.requests()).isEqualTo(1);
    }

    @Test
    void noRequestIsSentForCallsWithoutNumbers() {
        List<Call> calls = List.of(call("5", CallType.INBOUND, "anonymous", null));
        assertThat(SourceAssertions.foundEach(matcher.contacts(fixture.directory, calls)))
                .isEmpty();
        assertThat(fixture.contacts.requests()).isZero();
    }

    @Test
    void vendorStatesAreReturnedWithoutRequests() {
        List<VendorState> states = TaggingFixture.withoutCalls().directory.accounts().stream()
                .map(VendorAccount::state)
                .toList();
        assertThat(states).extracting(VendorState::displayName).containsExactly("SIPSIM", "Swipe One");
        assertThat(states)
                .extracting(VendorState::status)
                .containsExactly(VendorStatus.NOT_CONFIGURED, VendorStatus.DEGRADED);
        assertThat(states.getFirst().capabilities()).isEmpty();
        assertThat(states.getLast().capabilities()).hasSize(3).isSorted();
        assertThat(states.getLast().circuit()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(states.getLast().coolDownUntil()).isEqualTo(SampleFactory.NOON);
        assertThat(states.getLast().tagList()).isNull();
    }

    private Connection<Contact> list(ContactFilter filter) {
        return SourceAssertions.require(service.list(fixture.directory, filter, ALL));
    }

    private static Call call(String id, CallType type, @Nullable String caller, @Nullable String receiver) {
        return SampleFactory.call(Vendor.SIPSIM, id, type, caller, receiver);
    }

    private static Contact contact(String id, String name, @Nullable String phone, String... keys) {
        return SampleFactory.contact(Vendor.SWIPEONE, id, name, phone, List.of(keys));
    }
}
