package io.taggateway.vendor.swipeone;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.Tag;
import io.taggateway.upstream.http.UpstreamFixture;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of mapping Swipe One's tags and contacts, documented and undocumented forms. */
class SwipeOneMapperTests {

    private final SwipeOneMapper mapper = new SwipeOneMapper(UpstreamFixture.phoneNumbers(null));

    @Test
    void documentedTagIsMappedCompletely() {
        Tag tag = tag("""
            {"_id":"6682840d9286aa59ee3d4181","label":"Updated VIP","name":"vip",
             "workspaceId":"6660175570fbd8a9c22bedfb","color":"#FF5733"}
            """);
        assertThat(tag.remoteId()).isEqualTo("6682840d9286aa59ee3d4181");
        assertThat(tag.name()).isEqualTo("Updated VIP");
        assertThat(tag.slug()).isEqualTo("updated-vip");
        assertThat(tag.remoteKey()).isEqualTo("vip");
        assertThat(tag.color().hex()).isEqualTo("#FF5733");
        assertThat(tag.description()).isNull();
        assertThat(tag.complete()).isTrue();
    }

    @Test
    void onlyInvalidFieldsOfATagAreDropped() {
        Tag tag = tag("{\"id\":7,\"name\":\"user.marketing.opted_out\",\"color\":{\"a\":1},\"__v\":0}");
        assertThat(tag.remoteId()).isEqualTo("7");
        assertThat(tag.name()).isEqualTo("user.marketing.opted_out");
        assertThat(tag.color()).isEqualTo(new Color(Color.DEFAULT_HEX, null));
        assertThat(tag("{\"_id\":\"x\"}").name()).isEqualTo("x");
        assertThat(tag("{\"_id\":\"x\",\"color\":\"tomato\"}").color().hex()).isEqualTo("#E54D2E");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"_id\":null}", "{\"_id\":\"\"}", "{\"_id\":{}}", "{\"name\":\"vip\"}"})
    void entryWithoutIdIsNoTagAndNoContact(String json) {
        assertThat(SwipeOneMapper.tag(UpstreamFixture.fields(json))).isNull();
        assertThat(mapper.contact(UpstreamFixture.fields(json))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"email\":\"\"}", "{\"email\":\" \"}", "{\"email\":{}}", "{\"_id\":\"\",\"email\":\"\"}"})
    void emptyAddressIsNotUsedAsId(String json) {
        assertThat(mapper.contact(UpstreamFixture.fields(json))).isNull();
    }

    @Test
    void contactWithoutIdHasItsAddressAsId() {
        Contact contact = contact("{\"name\":\"A B\",\"email\":\"a@example.com\"}");
        assertThat(contact.remoteId()).isEqualTo("email=a@example.com");
        assertThat(contact.id()).isEqualTo("swipeone:contact:email%3Da%40example.com");
        assertThat(contact.tagKeys()).isNull();
        assertThat(contact("{\"_id\":\"\",\"email\":\"a@example.com\"}").remoteId())
                .isEqualTo("email=a@example.com");
    }

    @Test
    void onlyInvalidFieldsOfAContactAreDropped() {
        Contact contact = contact("""
            {"_id":"1","email":["a"],"firstName":7,"lastName":null,"createdAt":"soon","phone":[],"tags":"vip",
             "customerLifetimeValue":{}}
            """);
        assertThat(contact.email()).isNull();
        assertThat(contact.firstName()).isEqualTo("7");
        assertThat(contact.name()).isEqualTo("7");
        assertThat(contact.createdAt()).isNull();
        assertThat(contact.phone()).isNull();
        assertThat(contact.tagKeys()).isNull();
        assertThat(contact("{\"_id\":\"1\"}").name()).isNull();
    }

    @Test
    void tagKeysAreReadInAnyForm() {
        assertThat(contact("{\"_id\":\"1\",\"tags\":[\"vip\",{\"name\":\"hot\"},{\"label\":\"Cold\"},null,{}]}")
                        .tagKeys())
                .containsExactly("vip", "hot", "Cold");
        assertThat(contact("{\"_id\":\"1\",\"tags\":[]}").tagKeys()).isEmpty();
        assertThat(contact("{\"_id\":\"1\",\"createdAt\":\"2024-07-01T10:25:17.813Z\"}")
                        .createdAt())
                .isEqualTo(Instant.parse("2024-07-01T10:25:17.813Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"fullName\":\"Full\",\"name\":\"Name\",\"firstName\":\"A\" | Full",
                "\"name\":\"Name\",\"firstName\":\"A\" | Name",
                "\"fullName\":\" \",\"firstName\":\"A\",\"lastName\":\"B\" | A B",
                "\"fullName\":\"\",\"name\":\"Name\" | Name",
                "\"firstName\":\"A\" | A",
                "\"firstName\":\" \",\"lastName\":\"B\" | B",
                "\"email\":\"a@example.com\" |"
            })
    void nameIsReadFromTheFirstFieldThatHasOne(String json, @Nullable String name) {
        assertThat(contact("{\"_id\":\"1\"," + json + "}").name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"+33 1 99 00 10 00\" | +33199001000",
                "{\"countryCode\":\"+33\",\"number\":\"199001000\"} | +33199001000",
                "{\"countryCode\":33,\"number\":199001000} | +33199001000",
                "{\"countryCode\":\"FR\",\"number\":\"0199001000\"} | +33199001000",
                "{\"number\":\"+33199001000\"} | +33199001000",
                "{\"countryCode\":\"+33\"} |",
                "{} |",
                "\"\" |"
            })
    void phoneIsReadFromATextOrItsParts(String json, @Nullable String phone) {
        assertThat(contact("{\"_id\":\"1\",\"phone\":" + json + "}").phone()).isEqualTo(phone);
    }

    private static Tag tag(String json) {
        return Objects.requireNonNull(SwipeOneMapper.tag(UpstreamFixture.fields(json)));
    }

    private Contact contact(String json) {
        return Objects.requireNonNull(mapper.contact(UpstreamFixture.fields(json)));
    }
}
