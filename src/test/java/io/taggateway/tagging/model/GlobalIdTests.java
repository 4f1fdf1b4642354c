package io.taggateway.tagging.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of writing and reading global ids. */
class GlobalIdTests {

    private static final Pattern DOT_SEGMENT = Pattern.compile("(?:^|[/\\\\])\\.{1,2}(?:[/\\\\;]|$)");

    @ParameterizedTest
    @CsvSource({
        "SIPSIM, TAG, 1, sipsim:tag:1",
        "SWIPEONE, CONTACT, 6682840d9286aa59ee3d4181, swipeone:contact:6682840d9286aa59ee3d4181",
        "SIPSIM, CALL, +33199001000-1700000000.12, sipsim:call:%2B33199001000-1700000000.12",
        "SIPSIM, CALL, a/b:c é, sipsim:call:a%2Fb%3Ac%20%C3%A9",
        "SWIPEONE, CONTACT, email=a@example.com, swipeone:contact:email%3Da%40example.com",
        "SIPSIM, CALL, ..., sipsim:call:..."
    })
    void idIsWrittenAndReadBack(Vendor vendor, NodeType type, String remoteId, String text) {
        assertThat(GlobalId.of(vendor, type, remoteId)).isEqualTo(text);
        assertThat(GlobalId.parse(text)).isEqualTo(new GlobalId(vendor, type, remoteId));
        assertThat(GlobalId.parse(text)).hasToString(text);
    }

    @Test
    void idIsTheSameWhenNeedlesslyEncoded() {
        assertThat(GlobalId.parse("sipsim:tag:%31%2d%7E")).isEqualTo(GlobalId.parse("sipsim:tag:1-~"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                ":",
                "::",
                "sipsim",
                "sipsim:tag",
                "sipsim:tag:",
                "SIPSIM:tag:1",
                "sipsim:TAG:1",
                "sipsim:shoe:1",
                "nobody:tag:1",
                " sipsim:tag:1",
                "sipsim:tag:1 ",
                "sipsim:tag:a/b",
                "sipsim:tag:a:b",
                "sipsim:tag:a?b",
                "sipsim:tag:é",
                "sipsim:tag:٣",
                "sipsim:tag:%",
                "sipsim:tag:%2",
                "sipsim:tag:%G0",
                "sipsim:tag:%٣٣",
                "sipsim:tag:.",
                "sipsim:tag:..",
                "sipsim:tag:%2E%2e",
                "sipsim:tag:..%2Fcalls",
                "sipsim:tag:1%2F..%2F..%2Foauth%2Ftoken",
                "sipsim:tag:1%5C..",
                "sipsim:tag:1%2F.%3Bx%2F2",
                "sipsim:tag:%00",
                "sipsim:tag:a%0D%0Ab",
                "sipsim:tag:%C2%85",
                "sipsim:tag:%FF",
                "sipsim:tag:%C3",
                "sipsim:tag:%ED%A0%80"
            })
    void malformedIdIsRefused(String text) {
        assertThatThrownBy(() -> GlobalId.parse(text))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is no id");
    }

    @Test
    void idOfMoreThanFiveHundredAndTwelveCharactersIsRefused() {
        assertThat(GlobalId.parse("sipsim:call:" + "a".repeat(512)).remoteId()).hasSize(512);
        assertThatThrownBy(() -> GlobalId.parse("sipsim:call:" + "a".repeat(513)))
                .isInstanceOf(BadInputException.class);
    }

    @Test
    void refusalQuotesAtMostOneLineOfTheId() {
        assertThatThrownBy(() -> GlobalId.parse("`x`\n" + "a".repeat(500)))
                .hasMessageStartingWith("`'x'�aaa")
                .hasMessageContaining("…` is no id")
                .hasMessageNotContaining("\n");
    }

    @Test
    void idIsRefusedWhenAnotherTypeIsRequired() {
        assertThat(GlobalId.parse("sipsim:tag:1", NodeType.TAG).remoteId()).isEqualTo("1");
        assertThatThrownBy(() -> GlobalId.parse("sipsim:call:1", NodeType.TAG))
                .isInstanceOf(BadInputException.class)
                .hasMessage("`sipsim:call:1` is the id of a call, but the id of a tag is required.");
    }

    @Property(seed = "1")
    void everyRemoteIdIsReadBackUnchanged(@ForAll("remoteIds") String remoteId) {
        String text = GlobalId.of(Vendor.SIPSIM, NodeType.CALL, remoteId);
        assertThat(text).matches("sipsim:call:[A-Za-z0-9._~%-]+");
        assertThat(GlobalId.parse(text).remoteId()).isEqualTo(remoteId);
    }

    @Property(seed = "2")
    void everyTextIsAnIdOrRefused(@ForAll("nearlyIds") String text) {
        try {
            GlobalId id = GlobalId.parse(text);
            assertThat(GlobalId.parse(id.toString())).isEqualTo(id);
        } catch (BadInputException refused) {
            assertThat(refused.text()).contains("is no id");
        }
    }

    @Provide
    Arbitrary<String> remoteIds() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("éß日")
                .ofMinLength(1)
                .ofMaxLength(40)
                .filter(id -> !DOT_SEGMENT.matcher(id).find());
    }

    @Provide
    Arbitrary<String> nearlyIds() {
        return Arbitraries.strings().withChars("%2EefF.:~é0/").ofMaxLength(9).map(rest -> "sipsim:tag:" + rest);
    }
}
