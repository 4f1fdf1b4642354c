package io.taggateway.tagging.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource.TagDraft;
import io.taggateway.tagging.tag.TagReferenceResolver.Resolution;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TagReferenceResolverTests {

    private static final TagList OWN = list(
            SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"),
            SampleFactory.tag(Vendor.SIPSIM, "2", "Follow Up"),
            SampleFactory.tag(Vendor.SIPSIM, "3", "follow-up"),
            SampleFactory.tag(Vendor.SIPSIM, "4", "Hot lead"),
            SampleFactory.tag(Vendor.SIPSIM, "5", "Double"),
            SampleFactory.tag(Vendor.SIPSIM, "6", "Double"),
            SampleFactory.tag(Vendor.SIPSIM, "7", "★"));

    private static final TagList OTHER = list(
            SampleFactory.tag(Vendor.SWIPEONE, "a", "vip"),
            SampleFactory.tag(Vendor.SWIPEONE, "b", "follow-up"),
            SampleFactory.tag(Vendor.SWIPEONE, "c", "FOLLOW UP"),
            SampleFactory.tag(Vendor.SWIPEONE, "d", " Follow Up "),
            SampleFactory.described(Vendor.SWIPEONE, "e", " Only here ", "why"));

    private final TagReferenceResolver resolver =
            new TagReferenceResolver(Vendor.SIPSIM, Map.of(Vendor.SIPSIM, OWN, Vendor.SWIPEONE, OTHER));

    static Stream<Arguments> found() {
        return Stream.of(
                Arguments.of("id", "sipsim:tag:1", "1"),
                Arguments.of("id", "swipeone:tag:a", "1"),
                Arguments.of("id", "swipeone:tag:b", "3"),
                Arguments.of("id", "swipeone:tag:d", "2"),
                Arguments.of("name", "VIP", "1"),
                Arguments.of("name", "  VIP\t", "1"),
                Arguments.of("name", "vip", "1"),
                Arguments.of("name", "Follow Up", "2"),
                Arguments.of("name", " follow-up", "3"),
                Arguments.of("name", "HOT-LEAD", "4"),
                Arguments.of("name", "★", "7"),
                Arguments.of("slug", "vip", "1"),
                Arguments.of("slug", "Hot Lead", "4"),
                Arguments.of("slug", "★", "7"));
    }

    @ParameterizedTest
    @MethodSource
    void found(String member, String text, String remoteId) {
        assertThat(resolver.resolve(ref(member, text)))
                .isInstanceOfSatisfying(
                        Resolution.Found.class,
                        found -> assertThat(found.tag().id()).isEqualTo("sipsim:tag:" + remoteId));
    }

    static Stream<Arguments> rejected() {
        return Stream.of(
                Arguments.of("id", "sipsim:tag:99", UserErrorCode.NOT_FOUND, "id", ""),
                Arguments.of("id", "swipeone:tag:99", UserErrorCode.NOT_FOUND, "id", ""),
                Arguments.of("id", "sipsim:call:1", UserErrorCode.NOT_FOUND, "id", ""),
                Arguments.of("id", "nonsense", UserErrorCode.NOT_FOUND, "id", ""),
                Arguments.of("id", "swipeone:tag:c", UserErrorCode.AMBIGUOUS, null, "2,3"),
                Arguments.of("name", " \t", UserErrorCode.NAME_INVALID, "name", ""),
                Arguments.of("name", "Double", UserErrorCode.AMBIGUOUS, null, "5,6"),
                Arguments.of("name", "FOLLOW UP", UserErrorCode.AMBIGUOUS, null, "2,3"),
                Arguments.of("slug", "follow-up", UserErrorCode.AMBIGUOUS, null, "2,3"),
                Arguments.of("slug", "nothing", UserErrorCode.NOT_FOUND, "slug", ""),
                Arguments.of("slug", "7", UserErrorCode.NOT_FOUND, "slug", ""),
                Arguments.of("name", "V\u202eIP", UserErrorCode.NAME_INVALID, "name", ""));
    }

    @ParameterizedTest
    @MethodSource
    void rejected(String member, String text, UserErrorCode code, @Nullable String field, String matches) {
        assertThat(resolver.resolve(ref(member, text))).isInstanceOfSatisfying(Resolution.Rejected.class, rejected -> {
            assertThat(rejected.error().code()).isEqualTo(code);
            assertThat(rejected.error().field()).isEqualTo(field == null ? List.of() : List.of(field));
            assertThat(rejected.matches().stream().map(Tag::remoteId).collect(Collectors.joining(",")))
                    .isEqualTo(matches);
        });
    }

    @Test
    void missingTagIsDraftedWithTrimmedName() {
        assertThat(resolver.resolve(ref("name", " New\t")))
                .isInstanceOfSatisfying(Resolution.Missing.class, missing -> {
                    assertThat(missing.draft()).isEqualTo(new TagDraft("New", null, null));
                    assertThat(missing.error().code()).isEqualTo(UserErrorCode.NOT_FOUND);
                    assertThat(missing.error().message().text()).isEqualTo("SIPSIM has no tag `New`.");
                    assertThat(missing.error().field()).containsExactly("name");
                });
    }

    @Test
    void missingTagIsDraftedLikeThatOfAnotherVendor() {
        assertThat(resolver.resolve(ref("id", "swipeone:tag:e")))
                .isInstanceOfSatisfying(Resolution.Missing.class, missing -> {
                    assertThat(missing.draft()).isEqualTo(new TagDraft("Only here", "#E5484D", "why"));
                    assertThat(missing.error().code()).isEqualTo(UserErrorCode.WRONG_VENDOR);
                    assertThat(missing.error().message().text())
                            .isEqualTo("SIPSIM has no tag like `Only here` of Swipe One.");
                    assertThat(missing.error().field()).containsExactly("id");
                });
    }

    private static TagRef ref(String member, String text) {
        return new TagRef(
                member.equals("id") ? text : null,
                member.equals("name") ? text : null,
                member.equals("slug") ? text : null);
    }

    private static TagList list(Tag... tags) {
        return TagList.of(List.of(tags), SampleFactory.NOON);
    }
}
